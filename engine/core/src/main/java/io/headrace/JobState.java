package io.headrace;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state of a job. A job is in exactly one state at any moment. {@code docs/state-machine.md} shows the transitions.
 *
 * <p>{@code PENDING} covers what other queues call available, scheduled and retryable; the due time distinguishes them.
 */
public enum JobState {
    /** Waiting to run, now or later. */
    PENDING,
    /** Leased by a worker: running, or prefetched. */
    LEASED,
    /** Completed. */
    COMPLETED,
    /** A tombstone: its attempts are spent, or it failed permanently. It keeps its unique key. */
    FAILED,
    /** A tombstone: the job was cancelled. */
    CANCELLED,
    /** A tombstone: the job had failed, and an operator gave it up. */
    DISCARDED;

    /** The states that a job in this state can move to. */
    public Set<JobState> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(LEASED, CANCELLED);
            case LEASED -> EnumSet.of(PENDING, COMPLETED, FAILED, CANCELLED);
            case FAILED -> EnumSet.of(PENDING, DISCARDED);
            case COMPLETED, CANCELLED, DISCARDED -> EnumSet.noneOf(JobState.class);
        };
    }

    /** Whether a job in this state has not ended yet. */
    public boolean isLive() {
        return this == PENDING || this == LEASED;
    }
}
