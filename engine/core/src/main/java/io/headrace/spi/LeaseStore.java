package io.headrace.spi;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The way of a job from its claim to its outcome, under a lease. What holds for every call stands at {@link JobStore}.
 */
public interface LeaseStore {

    /**
     * Leases jobs that are due, first by priority, then by when they were due; no two callers ever lease the same. A
     * worker that is not known, or has expired, gets none; one that has a strongly suspected job gets no other such.
     * Payloads come with the jobs only if they are short, a few thousand bytes at most.
     */
    Mono<Claim> claim(ClaimRequest request);

    /**
     * Reads payloads that claims withheld. One that cannot be given, because the store fails over it whoever asks, does not
     * keep the others from being read.
     *
     * @return in any order, for those jobs that there are
     */
    Mono<List<Payload>> payloads(List<PayloadRequest> requests);

    /**
     * Records outcomes, each only if its job is still in the lease it names, held by this worker.
     *
     * @return the settlements that came too late and changed nothing
     */
    Mono<List<Settlement>> settle(long worker, List<Settlement> settlements);

    /**
     * Keeps what jobs say of their progress, each only if its job is still in the lease it names, held by this worker. A later
     * note of the same job takes the place of an earlier one. What was noted is shown by {@link JobInspector#look} for as long
     * as the job is in that lease, and need not survive a crash of the store.
     *
     * @param notes at most one for each job and lease
     */
    Mono<Void> note(long worker, List<ProgressNote> notes);
}
