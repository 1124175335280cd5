package io.headrace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue at one moment. There is one for each queue that is paused, has live jobs or failed tombstones, or has
 * workers.
 *
 * @param queue the name of the queue
 * @param paused whether the queue is paused, see {@link JobOperator#pause}
 * @param due the number of waiting jobs that could run now
 * @param scheduled the number of waiting jobs that are not yet due, because they are scheduled or retried
 * @param leased the number of jobs that are running or prefetched
 * @param failed the number of failed tombstones
 * @param oldestDue how long the longest-due job has been due; {@code null} if no job is due
 * @param workers the number of live workers of the queue
 */
public record QueueSnapshot(
        String queue,
        boolean paused,
        long due,
        long scheduled,
        long leased,
        long failed,
        @Nullable Duration oldestDue,
        int workers) {}
