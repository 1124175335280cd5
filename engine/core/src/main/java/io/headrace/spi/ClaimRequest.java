package io.headrace.spi;

import io.headrace.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How many jobs a worker can take, and of which kinds.
 *
 * @param worker who asks
 * @param queue from which queue
 * @param kinds the kinds that it handles; others are left alone
 * @param limit how many jobs at the most, 1 or more; 1 for those strongly suspected
 * @param suspicion how much they are suspected: a claim is for jobs of one sort
 * @param withholding whether all payloads are to be withheld, the short ones too, as after a claim that failed
 */
public record ClaimRequest(
        long worker, String queue, Map<String, Terms> kinds, int limit, Suspicion suspicion, boolean withholding) {
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

    /** With the payloads that are short. */
    public ClaimRequest(long worker, String queue, Map<String, Terms> kinds, int limit, Suspicion suspicion) {
        this(worker, queue, kinds, limit, suspicion, false);
    }

    /** Whether these jobs can be enqueued and claimed in one step: at least one, and no more than a block. */
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
     * For stores.
     *
     * @throws IllegalArgumentException unless {@link #takes} these jobs
     */
    public void requireTakes(List<EncodedJob> jobs) {
        if (!takes(jobs)) {
            throw new IllegalArgumentException(
                    "not jobs that can be enqueued and claimed in one step by " + this + ": " + jobs);
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
