package io.headrace;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stood at one moment.
 *
 * @param id names it
 * @param state where it was
 * @param queue the queue it belongs to
 * @param kind what it is
 * @param attempt how many attempts have been begun and counted; 0 before the first
 * @param runAt when it is due, if it is pending
 * @param payload the raw JSON, as stored; a JSON text that says so if it is too long for the store to show
 * @param uniqueKey the key it was enqueued with, if any
 * @param failures its failed attempts, oldest first; for a cancelled job the reason comes last. Their stack traces are there
 *     only if they were asked for ({@link JobClient#findWithTraces})
 */
public record JobSnapshot(
        JobId id,
        JobState state,
        String queue,
        String kind,
        int attempt,
        @Nullable Instant runAt,
        String payload,
        @Nullable String uniqueKey,
        List<AttemptFailure> failures) {

    public JobSnapshot {
        failures = List.copyOf(failures);
    }

    /** The same without the stack traces of its failures. */
    public JobSnapshot withoutTraces() {
        List<AttemptFailure> shorter =
                failures.stream().map(AttemptFailure::withoutTrace).toList();
        return new JobSnapshot(id, state, queue, kind, attempt, runAt, payload, uniqueKey, shorter);
    }
}
