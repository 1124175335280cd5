package io.headrace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job stands, as {@link JobClient#watch} tells it.
 *
 * @param id names the job
 * @param state where it is; if that is not {@linkplain JobState#isLive() live}, this is its outcome
 * @param attempt while it is leased or is a tombstone, which attempt this is or was; while it waits, how many have been
 *     counted; once completed, one more than the last that failed
 * @param runAt when it is due, if it is pending
 * @param progress what its handler said last in the attempt under way; {@code null} if it has said nothing, or is not running
 * @param failure why its last attempt failed, if it waits for another or is a tombstone; of a cancelled job the reason.
 *     Without its stack trace
 */
public record JobUpdate(
        JobId id,
        JobState state,
        int attempt,
        @Nullable Instant runAt,
        @Nullable JobProgress progress,
        @Nullable AttemptFailure failure) {

    /** Whether the job has ended: completed, failed for good, cancelled or discarded. */
    public boolean isOutcome() {
        return !state.isLive();
    }
}
