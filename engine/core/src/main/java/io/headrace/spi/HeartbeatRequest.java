package io.headrace.spi;

import java.time.Duration;
import java.util.Set;

/**
 * What a worker says with a heartbeat.
 *
 * @param worker who says it
 * @param expiry for how long it stays alive without another heartbeat
 * @param leases the leases it believes to have
 * @param waiting the queues on which it has nothing to do, so that a wake-up is wanted
 * @param heeded cancelled jobs that an earlier reply named and that it has cancelled: it need not be told again
 * @param wasAway whether it may have been unable to reach the store since its last answered heartbeat. Others may have been as
 *     well, so their silence before this heartbeat proves nothing to it
 */
public record HeartbeatRequest(
        long worker, Duration expiry, Set<Long> leases, Set<String> waiting, Set<Long> heeded, boolean wasAway) {
    public HeartbeatRequest {
        leases = Set.copyOf(leases);
        waiting = Set.copyOf(waiting);
        heeded = Set.copyOf(heeded);
    }

    /** Of a worker that was heard all the time and has heeded nothing. */
    public HeartbeatRequest(long worker, Duration expiry, Set<Long> leases, Set<String> waiting) {
        this(worker, expiry, leases, waiting, Set.of(), false);
    }
}
