package io.headrace.spi;

import java.time.Duration;
import java.util.Map;

/**
 * How many jobs a worker can take, and of which kinds.
 *
 * @param worker who asks
 * @param queue from which queue
 * @param kinds the kinds that it handles; others are left alone
 * @param limit how many jobs at the most, 1 or more
 */
public record ClaimRequest(long worker, String queue, Map<String, Terms> kinds, int limit) {
    public ClaimRequest {
        kinds = Map.copyOf(kinds);
        if (limit < 1) {
            throw new IllegalArgumentException("limit is under 1: " + limit);
        }
    }

    /**
     * What a lease on jobs of a kind is granted for.
     *
     * @param maxAttempts after how many attempts a job that names no number of its own has failed
     * @param deadline how long the lease holds, however alive its worker is
     */
    public record Terms(int maxAttempts, Duration deadline) {}
}
