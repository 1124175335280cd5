package io.headrace.spi;

import java.util.Set;

/**
 * What a worker learns from its heartbeat.
 *
 * @param known whether the worker is still registered; if not, all its leases are gone and it registers anew
 * @param lost those of the leases it named that are no longer its own
 * @param cancelled jobs that were cancelled while it had them, and that it has not said to have heeded
 */
public record HeartbeatReply(boolean known, Set<Long> lost, Set<Long> cancelled) {
    public HeartbeatReply {
        lost = Set.copyOf(lost);
        cancelled = Set.copyOf(cancelled);
    }
}
