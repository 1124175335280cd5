package io.headrace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue as it stood at one moment. There is one for each queue that is paused, has jobs that have yet to end or failed
 * tombstones, or is worked on.
 *
 * @param queue its name
 * @param paused whether nothing is claimed from it, see {@link JobClient#pause}
 * @param due how many jobs wait that could run now
 * @param scheduled how many jobs wait for a moment to come, of a schedule or a retry
 * @param leased how many jobs are running, or fetched ahead and about to
 * @param failed how many failed tombstones there are
 * @param oldestDue for how long the one that is due longest has been due; {@code null} if none is
 * @param workers how many live workers work on it
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
