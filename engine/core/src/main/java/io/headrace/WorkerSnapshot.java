package io.headrace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker at one moment: a running engine, or one that ended without unregistering and has not been swept yet.
 *
 * @param id 13 characters, drawn at random each time an engine registers
 * @param name a name for people, see {@link JobEngine.Builder#name}
 * @param version the version of its application, see {@link JobEngine.Builder#version}; {@code null} if it is not known
 * @param queues the queues that it works on
 * @param kinds the kinds that it handles; {@code null} if it has no handlers, and passes on whatever it receives
 * @param slots how many jobs of a queue it runs at once; a queue that is missing has no known bound
 * @param startedAt when it registered, by the database's clock
 * @param heardAt when its latest heartbeat arrived, by the database's clock
 * @param expiresIn the time until the worker is considered dead if it stays silent; zero or negative if that time has
 *     passed
 * @param leases the number of its leases
 * @param jobs the number of jobs in its leases
 */
public record WorkerSnapshot(
        String id,
        String name,
        @Nullable String version,
        Set<String> queues,
        @Nullable Set<String> kinds,
        Map<String, Integer> slots,
        Instant startedAt,
        Instant heardAt,
        Duration expiresIn,
        long leases,
        long jobs) {

    public WorkerSnapshot {
        queues = Set.copyOf(queues);
        kinds = kinds == null ? null : Set.copyOf(kinds);
        slots = Map.copyOf(slots);
    }

    /** Whether it has been silent for longer than its expiry, so that a sweep returns its jobs. */
    public boolean isSilent() {
        return expiresIn.isNegative() || expiresIn.isZero();
    }
}
