package io.headrace.spi;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for the ends of jobs and for those who wait for them. {@link JobStore} documents what applies to every
 * call.
 */
public interface ResultStore {

    /** The maximum number of jobs that one call may name to be awaited. */
    int MOST_AWAITED = 10_000;

    /** The maximum number of ends that one call returns, since each may have a result. */
    int MOST_ENDS = 1_000;

    /**
     * Registers that a client waits for the end of jobs, and returns those of them that are known to have ended, which are
     * not registered. Until a registration expires, a settlement that ends the job is announced by {@link WakeUp.Ended}. An
     * announcement may be lost, and ends that are no settlements are not announced. A settlement that was on its way when
     * this call was made may be neither returned nor announced.
     *
     * @return at most {@link #MOST_ENDS}, in no particular order. Jobs that completed without a result may be missing, see
     *     {@link JobInspector#look}
     */
    Mono<List<JobEnd>> await(AwaitRequest request);

    /**
     * Returns how jobs ended. Finds them by their ids only, so it is cheap, however many jobs there are.
     *
     * @return an end for each failed, cancelled or discarded job, for each that has a result, and for each other that is said
     *     to have completed; in no particular order
     */
    Mono<List<JobEnd>> ends(EndsRequest request);
}
