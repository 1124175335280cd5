package io.headrace.spi;

import io.headrace.Enqueued;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where jobs come into a store. What holds for every call stands at {@link JobStore}. */
public interface JobIntake {

    /**
     * Adds jobs, all or none. Of several with one kind and unique key the first is new, unless a live job or a failed
     * tombstone has the key already; the others are answered with its id.
     *
     * @param jobs any number
     * @param by the worker in whose process the jobs come from, which needs no wake-up; 0 if there is none
     * @return the answers in the order of the jobs; errors with an {@link io.headrace.InvalidJobException} if a job's data
     *     is refused; with a {@link io.headrace.UniqueKeyBusyException}, after a moment, if somebody's transaction that has yet
     *     to end decides who has a key
     */
    Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by);

    /**
     * Adds jobs and leases them in the same step, unless a job of the kinds asked for is due in the queue already, the queue is
     * paused, or the worker would get nothing: then they are pending, as after {@link #enqueue}. What is leased is on disk with
     * its lease, and costs neither a wake-up nor a claim.
     *
     * @param jobs of the request's queue and kinds, due at once, without unique keys, and no more than its limit
     * @param request for jobs that nobody suspects, of the worker in whose process the jobs come
     * @return errors as {@link #enqueue} does; with an {@link IllegalArgumentException} if the jobs are not such
     */
    Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request);
}
