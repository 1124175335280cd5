package io.headrace.spi;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a worker's heartbeat.
 *
 * @param known whether the worker is still registered; if not, all its leases are gone and it registers again
 * @param lost the leases in the request that the worker no longer has
 * @param cancelled jobs that were cancelled while the worker had them, and that it has not yet confirmed
 * @param sweepIn the time until a sweep may find something, unless heartbeats and settlements prevent it; zero if it may now;
 *     {@code null} if nothing is known that will expire, or the request did not ask
 */
public record HeartbeatReply(
        boolean known,
        Set<Long> lost,
        Set<Long> cancelled,
        @Nullable Duration sweepIn) {
    public HeartbeatReply {
        lost = Set.copyOf(lost);
        cancelled = Set.copyOf(cancelled);
    }

    /** Creates a reply that does not say when to sweep. */
    public HeartbeatReply(boolean known, Set<Long> lost, Set<Long> cancelled) {
        this(known, lost, cancelled, null);
    }
}
