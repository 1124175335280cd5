package io.headrace.spi;

import java.time.Duration;
import java.util.Set;

/**
 * A worker as the store knows it.
 *
 * @param id its number
 * @param name what it is called, for people
 * @param queues which queues it works on
 * @param runningFor how long ago it registered
 * @param expiresIn for how long it counts as alive without another heartbeat; negative if its leases are about to be swept
 * @param leased how many jobs it has
 */
public record WorkerSnapshot(
        long id, String name, Set<String> queues, Duration runningFor, Duration expiresIn, long leased) {

    public WorkerSnapshot {
        queues = Set.copyOf(queues);
    }
}
