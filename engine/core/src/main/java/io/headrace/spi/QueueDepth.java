package io.headrace.spi;

import java.time.Duration;

/**
 * The contents of a queue at one moment.
 *
 * @param queue the queue
 * @param due the number of due jobs that wait to be claimed
 * @param scheduled the number of jobs that are not yet due: delayed, snoozed, or waiting for their next attempt
 * @param oldestDue how long the longest-due job has been due; zero if no job is due
 * @param leased the number of jobs that workers have
 * @param failed the number of failed tombstones; a store may stop counting at {@link #MOST_FAILED}
 * @param estimated whether {@code due} and {@code scheduled} were extrapolated from a sample, because many jobs wait
 */
public record QueueDepth(
        String queue, long due, long scheduled, Duration oldestDue, long leased, long failed, boolean estimated) {

    /** The number that a store may return if a queue has more failed tombstones. */
    public static final long MOST_FAILED = 10_000;
}
