package io.headrace.spi;

import java.time.Duration;
import java.util.Set;

/**
 * A worker's heartbeat.
 *
 * @param worker the worker
 * @param expiry how long the worker counts as alive without another heartbeat
 * @param leases the leases that the worker believes to have
 * @param idleQueues the queues on which the worker is idle and wants a wake-up
 * @param heeded cancelled jobs of an earlier reply whose handlers the worker has cancelled; they need not be reported
 *     again
 * @param wasAway whether the worker may have been unable to reach the store since its last answered heartbeat. Other
 *     workers may have been as well, so their silence before this heartbeat proves nothing
 * @param asksForSweep whether the reply reports when a sweep will find something
 */
public record HeartbeatRequest(
        long worker,
        Duration expiry,
        Set<Long> leases,
        Set<String> idleQueues,
        Set<Long> heeded,
        boolean wasAway,
        boolean asksForSweep) {
    public HeartbeatRequest {
        leases = Set.copyOf(leases);
        idleQueues = Set.copyOf(idleQueues);
        heeded = Set.copyOf(heeded);
    }

    /** Creates a heartbeat that does not ask for a sweep. */
    public HeartbeatRequest(
            long worker, Duration expiry, Set<Long> leases, Set<String> idleQueues, Set<Long> heeded, boolean wasAway) {
        this(worker, expiry, leases, idleQueues, heeded, wasAway, false);
    }

    /** Creates the heartbeat of a worker that was heard all the time and confirms no cancellation. */
    public HeartbeatRequest(long worker, Duration expiry, Set<Long> leases, Set<String> idleQueues) {
        this(worker, expiry, leases, idleQueues, Set.of(), false, false);
    }
}
