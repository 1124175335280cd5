package io.headrace.operate;

import io.headrace.JobId;
import io.headrace.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that has just ended, as {@link io.headrace.JobOperator#ended} emits it. Immutable.
 *
 * @param id the id of the job
 * @param state how it ended: completed, failed or cancelled
 * @param queue the queue it belonged to
 * @param kind the kind of the job
 * @param attempt how many attempts counted
 * @param at when it ended, by the clock of the store
 * @param errorType of a failed or cancelled job, the class name of its last error, or {@code null}
 * @param message of a failed or cancelled job, the message of its last error, or {@code null}
 */
public record EndedJob(
        JobId id,
        JobState state,
        String queue,
        String kind,
        int attempt,
        Instant at,
        @Nullable String errorType,
        @Nullable String message) {

    /** Returns this job without its message, which may quote a payload. */
    public EndedJob withoutMessage() {
        return new EndedJob(id, state, queue, kind, attempt, at, errorType, null);
    }
}
