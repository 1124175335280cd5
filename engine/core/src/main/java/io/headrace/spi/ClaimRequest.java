package io.headrace.spi;

import java.time.Duration;
import java.util.Map;

/**
 * How many jobs a worker can take, and of which kinds.
 *
 * @param worker who asks
 * @param queue from which queue
 * @param kinds the kinds that it handles; others are left alone
 * @param limit how many jobs at the most, 1 or more; 1 for those strongly suspected
 * @param suspicion how much they are suspected: a claim is for jobs of one sort
 */
public record ClaimRequest(long worker, String queue, Map<String, Terms> kinds, int limit, Suspicion suspicion) {
    public ClaimRequest {
        kinds = Map.copyOf(kinds);
        if (limit < 1) {
            throw new IllegalArgumentException("limit is under 1: " + limit);
        }
        if (limit > 1 && suspicion == Suspicion.STRONG) {
            throw new IllegalArgumentException("limit is over 1 for jobs strongly suspected: " + limit);
        }
    }

    /** For jobs that nobody suspects. */
    public ClaimRequest(long worker, String queue, Map<String, Terms> kinds, int limit) {
        this(worker, queue, kinds, limit, Suspicion.NONE);
    }

    /**
     * What a lease on jobs of a kind is granted for.
     *
     * @param maxAttempts after how many attempts a job that names no number of its own has failed
     * @param deadline how long the lease holds, however alive its worker is
     */
    public record Terms(int maxAttempts, Duration deadline) {}
}
