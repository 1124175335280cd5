package io.headrace;

import io.headrace.engine.Assembly;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The operator's desk: what people can see of queues, workers and totals, and what they decide about them and about failed
 * jobs. It needs no engine: a console or a command line works on a store alone. Safe to use from many threads; it has no
 * threads and needs no closing. Signals arrive on a thread of the store's driver; do not block it.
 */
public interface JobOperator {

    /** An operator that nobody observes. */
    static JobOperator create(JobStore store) {
        return builder(store).build();
    }

    /** An operator on a store, with settings. */
    static Builder builder(JobStore store) {
        return Assembly.operator(store);
    }

    /** Ends a job that has not ended yet, wherever it is: see {@link JobClient#cancel}. */
    Mono<CancelAnswer> cancel(JobId id);

    /**
     * Gives failed tombstones another life, with the handlers and policies that are deployed now. Works in chunks, each whole
     * or not at all, in bounded memory; cancelling stops after the chunk that is on its way.
     */
    Mono<RetryReport> retryFailed(FailedJobs which);

    /** Lets failed tombstones go: nobody will retry them, and their unique keys are free. Works as {@link #retryFailed}. */
    Mono<DiscardReport> discard(FailedJobs which);

    /**
     * Stops the claiming from a queue, in every engine and until it is resumed, engines and restarts to come included. When
     * this completes no claim finds anything there. What runs goes on to its end; what was fetched ahead may still begin until
     * its engine's next claim or heartbeat, and is handed back then without charging an attempt. Enqueueing, cancelling,
     * retrying and everything else go on. Of a queue that is paused, or has never had a job, it is no error.
     *
     * @param queue its name; errors with an {@link InvalidJobException} if there can be no such
     */
    Mono<Void> pause(String queue);

    /** Takes {@link #pause} back: workers that wait are woken at once. Of a queue that is not paused it is no error. */
    Mono<Void> resume(String queue);

    /** The queues there are, in the order of their names. Counts what waits; not for a hot path. */
    Flux<QueueSnapshot> queues();

    /** The workers there are, in the order in which they registered. */
    Flux<WorkerSnapshot> workers();

    /**
     * How many jobs ended and how, by queue and kind, in the order of their names; what was forgotten counts on. Counts
     * everything that is not forgotten yet; not for a hot path.
     */
    Flux<JobTotals> totals();

    /** Checks the conservation law in one query: every job is in exactly one place. Reads every set; not for a hot path. */
    Mono<AuditReport> audit();

    /** Settings of an operator. Not safe to share. */
    interface Builder {

        /** Is told of the calls to the store. Several are all told. None by default. */
        Builder observer(JobObserver observer);

        /** Makes the operator. */
        JobOperator build();
    }
}
