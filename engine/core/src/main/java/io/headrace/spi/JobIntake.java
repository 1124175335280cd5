package io.headrace.spi;

import io.headrace.Enqueued;
import java.util.List;
import reactor.core.publisher.Mono;

/** The facet of a store that enqueues jobs. {@link JobStore} documents what applies to every call. */
public interface JobIntake {

    /**
     * Enqueues jobs, all or none. Of several jobs with the same kind and unique key, the first is new, unless a live
     * job or a failed tombstone already holds the key. The others return its id. Jobs with {@link EnqueueTerms} are added,
     * replaced or not added as those say; of several with one key, the first are admitted, and the last replaces.
     *
     * @param jobs any number
     * @param by the worker of the process that enqueues, which needs no wake-up; 0 if there is none
     * @return the results in the order of the jobs; fails with an {@link io.headrace.InvalidJobException} if the data
     *     of a job is rejected, or, after a short wait, with a {@link io.headrace.UniqueKeyBusyException} if an open
     *     transaction decides who holds a key
     */
    Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by);

    /**
     * Enqueues jobs and leases them in the same step. If a job of the requested kinds is already due in the queue, the
     * queue is paused, or the worker cannot get jobs, the jobs are pending, as after {@link #enqueue}. Leased jobs are
     * on disk together with their lease, and need neither a wake-up nor a claim.
     *
     * @param jobs jobs of the request's queue and kinds, due at once, without unique keys, and no more than its limit
     * @param request a request for unsuspected jobs, by the worker of the process that enqueues
     * @return fails like {@link #enqueue}, and with an {@link IllegalArgumentException} if the jobs do not meet these
     *     conditions
     */
    Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request);
}
