package io.headrace;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a job is. A job is in exactly one state at any moment; {@code docs/state-machine.md} draws the moves.
 *
 * <p>{@code PENDING} covers what other queues call available, scheduled and retryable: when it is due says which.
 */
public enum JobState {
    /** Waiting to run, at once or later. */
    PENDING,
    /** Under a worker's lease: running, or fetched ahead and about to. */
    LEASED,
    /** Finished. */
    COMPLETED,
    /** A tombstone: its attempts are spent, or it failed for good. It keeps its unique key. */
    FAILED,
    /** A tombstone: no longer wanted. */
    CANCELLED,
    /** A tombstone: a person looked at the failure and let it go. */
    DISCARDED;

    /** The states that a job in this one can move to. */
    public Set<JobState> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(LEASED, CANCELLED);
            case LEASED -> EnumSet.of(PENDING, COMPLETED, FAILED, CANCELLED);
            case FAILED -> EnumSet.of(PENDING, DISCARDED);
            case COMPLETED, CANCELLED, DISCARDED -> EnumSet.noneOf(JobState.class);
        };
    }

    /** Whether a job in this state has yet to end. */
    public boolean isLive() {
        return this == PENDING || this == LEASED;
    }
}
