package io.headrace;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A worker at one moment: a running engine, or one that ended without unregistering and has not been swept yet.
 *
 * @param id 13 characters, drawn at random each time an engine registers
 * @param name a name for people, see {@link JobEngine.Builder#name}
 * @param queues the queues that it works on
 * @param startedAt when it registered, by the database's clock
 * @param expiresIn the time until the worker is considered dead if it stays silent; zero or negative if that time has
 *     passed
 * @param leases the number of its leases
 * @param jobs the number of jobs in its leases
 */
public record WorkerSnapshot(
        String id, String name, Set<String> queues, Instant startedAt, Duration expiresIn, long leases, long jobs) {

    public WorkerSnapshot {
        queues = Set.copyOf(queues);
    }

    /** Whether it has been silent for longer than its expiry, so that a sweep returns its jobs. */
    public boolean isSilent() {
        return expiresIn.isNegative() || expiresIn.isZero();
    }
}
