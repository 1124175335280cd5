package io.headrace.spi;

import java.util.Set;

/**
 * A question about a queue on which a worker is idle.
 *
 * @param queue the queue
 * @param kinds the kinds that the worker handles; jobs of other kinds do not count
 */
public record PollRequest(String queue, Set<String> kinds) {
    public PollRequest {
        kinds = Set.copyOf(kinds);
    }
}
