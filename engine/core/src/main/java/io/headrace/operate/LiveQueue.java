package io.headrace.operate;

import java.time.Duration;

/**
 * A queue at one moment, with its current rates. The rates are those of the last ten seconds, or of a shorter time if more
 * happened in it than is read.
 *
 * @param queue the name of the queue
 * @param isPaused whether the queue is paused, see {@link io.headrace.JobOperator#pause}
 * @param due the number of waiting jobs that could run now
 * @param scheduled the number of waiting jobs that are not yet due, because they are scheduled or retried
 * @param leased the number of jobs that are running or prefetched
 * @param failed the number of failed tombstones; a store may stop counting at 10,000
 * @param oldestDue how long the longest-due job has been due; zero if no job is due
 * @param isEstimated whether {@code due} and {@code scheduled} were extrapolated from a sample, because many jobs wait
 * @param completedPerSecond the number of jobs that completed per second
 * @param retriedPerSecond the number of failed attempts per second that a retry follows
 * @param failedPerSecond the number of jobs that failed per second
 * @param forecast when no job will be due any more
 */
public record LiveQueue(
        String queue,
        boolean isPaused,
        long due,
        long scheduled,
        long leased,
        long failed,
        Duration oldestDue,
        boolean isEstimated,
        double completedPerSecond,
        double retriedPerSecond,
        double failedPerSecond,
        Forecast forecast) {}
