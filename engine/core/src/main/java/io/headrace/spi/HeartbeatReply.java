package io.headrace.spi;

import java.util.Set;

/**
 * The reply to a worker's heartbeat.
 *
 * @param known whether the worker is still registered; if not, all its leases are gone and it registers again
 * @param lost the leases in the request that the worker no longer has
 * @param cancelled jobs that were cancelled while the worker had them, and that it has not yet confirmed
 */
public record HeartbeatReply(boolean known, Set<Long> lost, Set<Long> cancelled) {
    public HeartbeatReply {
        lost = Set.copyOf(lost);
        cancelled = Set.copyOf(cancelled);
    }
}
