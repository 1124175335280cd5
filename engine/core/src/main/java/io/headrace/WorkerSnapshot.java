package io.headrace;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A worker as it stood at one moment: a running engine, or one that has ended without a word and has yet to be swept.
 *
 * @param id 13 characters, drawn anew each time that an engine registers
 * @param name for people to read, see {@link JobEngine.Builder#name}
 * @param queues the queues that it works on
 * @param startedAt when it registered, by the database's clock
 * @param expiresIn after what time it is given up, if it stays silent; zero or negative if that is past
 * @param leases how many leases it has
 * @param jobs how many jobs are in them
 */
public record WorkerSnapshot(
        String id, String name, Set<String> queues, Instant startedAt, Duration expiresIn, long leases, long jobs) {

    public WorkerSnapshot {
        queues = Set.copyOf(queues);
    }

    /** Whether it has been silent for too long: a sweep puts its jobs back. */
    public boolean isSilent() {
        return expiresIn.isNegative() || expiresIn.isZero();
    }
}
