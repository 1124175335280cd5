package io.headrace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job, as emitted by {@link JobClient#watch}.
 *
 * @param id the id of the job
 * @param state the state of the job; if it is not {@linkplain JobState#isLive() live}, the job has ended
 * @param attempt while the job is leased or a tombstone, the number of its current or last attempt; while it waits, how
 *     many attempts have counted; once completed, one more than the last that failed
 * @param runAt when it is due, if it is pending
 * @param progress the latest progress that its handler reported in the current attempt; {@code null} if it has reported
 *     none, or is not running
 * @param failure why its last attempt failed, if it waits for another or is a tombstone; the reason if the job was
 *     cancelled. Without its stack trace
 */
public record JobUpdate(
        JobId id,
        JobState state,
        int attempt,
        @Nullable Instant runAt,
        @Nullable JobProgress progress,
        @Nullable AttemptFailure failure) {

    /** Whether the job has ended: completed, failed, cancelled or discarded. */
    public boolean isOutcome() {
        return !state.isLive();
    }
}
