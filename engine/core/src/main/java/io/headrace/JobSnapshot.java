package io.headrace;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment.
 *
 * @param id the id of the job
 * @param state the state of the job
 * @param queue the queue it belongs to
 * @param kind the kind of the job
 * @param attempt how many attempts have started and counted; 0 before the first
 * @param runAt when it is due, if it is pending
 * @param payload the raw JSON, as stored; if it is too long for the store to show, a JSON text that says so
 * @param uniqueKey the unique key with which it was enqueued, or {@code null}
 * @param failures its failed attempts, oldest first; for a cancelled job the reason comes last. Stack traces are
 *     present only if they were requested ({@link JobClient#findWithTraces})
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

    /** Returns this snapshot without the stack traces of its failures. */
    public JobSnapshot withoutTraces() {
        List<AttemptFailure> shorter =
                failures.stream().map(AttemptFailure::withoutTrace).toList();
        return new JobSnapshot(id, state, queue, kind, attempt, runAt, payload, uniqueKey, shorter);
    }
}
