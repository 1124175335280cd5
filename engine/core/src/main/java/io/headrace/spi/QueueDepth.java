package io.headrace.spi;

import java.time.Duration;

/**
 * What one queue holds at one moment.
 *
 * @param queue the queue
 * @param due how many jobs are due and wait to be claimed
 * @param scheduled how many wait to be due: delayed, snoozed, or waiting for their next attempt
 * @param oldestDue how long the job that has been due longest has been so; zero if none is due
 * @param leased how many jobs workers have
 * @param failed how many failed tombstones wait for a person; a store may stop counting at {@link #MOST_FAILED}
 * @param estimated whether {@code due} and {@code scheduled} were reckoned from a part of what waits, since that is much
 */
public record QueueDepth(
        String queue, long due, long scheduled, Duration oldestDue, long leased, long failed, boolean estimated) {

    /** A store that keeps more failed tombstones of a queue may answer this number. */
    public static final long MOST_FAILED = 10_000;
}
