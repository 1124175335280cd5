package io.headrace.spi;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for leased jobs, from the claim to the outcome. {@link JobStore} documents what applies to every
 * call.
 */
public interface LeaseStore {

    /**
     * Leases due jobs, ordered by priority and then by due time. No two callers ever lease the same job. A worker that
     * is unknown or has expired gets no jobs. A worker that has a strongly suspected job gets no other such job. Only
     * short payloads, a few thousand bytes at most, come with the jobs.
     */
    Mono<Claim> claim(ClaimRequest request);

    /**
     * Leases due jobs of several queues, from each as {@link #claim(ClaimRequest)} does. By default, one claim follows the
     * other; a store can do better.
     *
     * @param requests requests by one worker, each for another queue
     * @return the claims, in the order of the requests
     */
    default Mono<List<Claim>> claim(List<ClaimRequest> requests) {
        return Flux.fromIterable(requests).concatMap(this::claim).collectList();
    }

    /**
     * Answers for many queues at once whether there is anything to claim. Leases nothing and locks nothing. Engines ask now
     * and then, in case a wake-up was lost.
     *
     * @return an answer for each request, in the same order
     */
    Mono<List<PollAnswer>> poll(List<PollRequest> requests);

    /**
     * Reads payloads that claims withheld. A payload that the store cannot return to anybody does not prevent the
     * others from being read.
     *
     * @return the payloads of the jobs that exist, in any order
     */
    Mono<List<Payload>> payloads(List<PayloadRequest> requests);

    /**
     * Records outcomes, each only if its job is still in the lease that it names and this worker holds that lease. If a job
     * is to wait for a signal that has come, its due job is announced to this worker, too.
     *
     * @return the settlements that arrived too late and changed nothing
     */
    Mono<List<Settlement>> settle(long worker, List<Settlement> settlements);

    /**
     * Gives jobs leases of their own, so that a transaction can hold the lease of one job and not that of others. A job
     * keeps its attempt, its deadline and its old place. A lease with several jobs goes on with the rest of them; a job that
     * is alone keeps its lease.
     *
     * @param parts at most one for each job; of a job that is named again, the first one counts
     * @return the lease in which each job is alone, in the order of the parts; 0 for a job that is not in the lease that it
     *     names, or whose lease this worker does not hold
     */
    Mono<List<Long>> split(long worker, List<LeasedPart> parts);

    /**
     * Tells what became of jobs that were completed with {@link JobTransaction#complete}, or of which steps were recorded with
     * {@link JobTransaction#record}. Waits for no transaction.
     *
     * @param looks at most one for each job
     * @return an answer for each, in the same order
     */
    Mono<List<CompletionLook.Answer>> completions(long worker, List<CompletionLook> looks);

    /**
     * Records the progress of jobs, each only if its job is still in the lease that it names and this worker holds that
     * lease. A later note replaces an earlier note of the same job. {@link JobInspector#look} returns the progress for
     * as long as the job is in that lease. Progress need not survive a crash of the store.
     *
     * @param notes at most one note for each job and lease
     */
    Mono<Void> note(long worker, List<ProgressNote> notes);
}
