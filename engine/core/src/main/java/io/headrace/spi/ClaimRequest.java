package io.headrace.spi;

import io.headrace.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A request for jobs: how many a worker can take, and of which kinds.
 *
 * @param worker the claiming worker
 * @param queue the queue to claim from
 * @param kinds the kinds that the worker handles; jobs of other kinds are left alone
 * @param limit the maximum number of jobs, 1 or more; 1 for strongly suspected jobs
 * @param suspicion the suspicion of the jobs; a claim is for jobs of one suspicion
 * @param withholding whether all payloads are withheld, including short ones, as after a failed claim
 */
public record ClaimRequest(
        long worker, String queue, Map<String, Terms> kinds, int limit, Suspicion suspicion, boolean withholding) {
    public ClaimRequest {
        kinds = Map.copyOf(kinds);
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        if (limit > 1 && suspicion == Suspicion.STRONG) {
            throw new IllegalArgumentException("limit must be 1 for strongly suspected jobs: " + limit);
        }
    }

    /** Creates a request for jobs that are not suspected. */
    public ClaimRequest(long worker, String queue, Map<String, Terms> kinds, int limit) {
        this(worker, queue, kinds, limit, Suspicion.NONE);
    }

    /** Creates a request that returns short payloads. */
    public ClaimRequest(long worker, String queue, Map<String, Terms> kinds, int limit, Suspicion suspicion) {
        this(worker, queue, kinds, limit, suspicion, false);
    }

    /** Whether these jobs can be enqueued and claimed in one step: there is at least one, and no more than a block. */
    public boolean takes(List<EncodedJob> jobs) {
        return suspicion == Suspicion.NONE
                && !jobs.isEmpty()
                && jobs.size() <= Math.min(limit, JobId.BLOCK_SIZE)
                && jobs.stream().allMatch(this::takes);
    }

    private boolean takes(EncodedJob job) {
        return job.queue().equals(queue) && job.isPlain() && kinds.containsKey(job.kind());
    }

    /**
     * Checks the precondition of enqueueing and claiming in one step. For stores.
     *
     * @throws IllegalArgumentException unless {@link #takes} these jobs
     */
    public void requireTakes(List<EncodedJob> jobs) {
        if (!takes(jobs)) {
            throw new IllegalArgumentException(
                    "these jobs cannot be enqueued and claimed in one step by " + this + ": " + jobs);
        }
    }

    /**
     * The terms of a lease on jobs of a kind.
     *
     * @param maxAttempts the maximum number of attempts of a job that does not set its own
     * @param deadline how long the lease holds, even if its worker is alive
     */
    public record Terms(int maxAttempts, Duration deadline) {}
}
