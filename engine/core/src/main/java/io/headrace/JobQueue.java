package io.headrace;

import io.headrace.engine.Assembly;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The client: puts jobs into the store and looks at them. A service that only enqueues needs nothing else. Safe to use
 * from many threads; it has no threads and needs no closing.
 *
 * <p>Everything enqueued at the same time travels together: while one statement is on its way, what comes meanwhile waits
 * for the next. Signals arrive on a thread of the store's driver; do not block it.
 *
 * <p>Cancelling an enqueue that still waits for its statement withdraws the job; once the statement is on its way the job
 * is enqueued, cancelled or not.
 */
public interface JobQueue extends JobProducer {

    /** A client with the default settings. */
    static JobQueue create(JobStore store) {
        return builder(store).build();
    }

    static Builder builder(JobStore store) {
        return Assembly.queue(store);
    }

    /**
     * This client in a transaction of the caller's: rolled back, the jobs never existed; committed, they are all there, and
     * workers that wait for them wake. Nothing is batched: each call is a statement of the transaction's, and an error of one
     * ends the transaction, as PostgreSQL has it. Enqueue one at a time, as the connection is.
     *
     * @param transaction as the store makes it; of no use when the transaction is over
     */
    JobProducer in(JobTransaction transaction);

    /** Looks a job up; empty if there is none, or none any more: a completed one is forgotten after its retention. */
    Mono<JobSnapshot> find(JobId id);

    /**
     * Ends a job that has yet to end, wherever it is. A waiting one never runs; a leased one has its handler cancelled when its
     * worker hears of it, within a heartbeat, and at once if it runs in this process.
     */
    Mono<CancelAnswer> cancel(JobId id);

    /**
     * Gives failed tombstones another life, with the handlers and policies that are deployed now. Works in chunks, each whole
     * or not at all, in bounded memory; cancelling stops after the chunk that is on its way.
     */
    Mono<RetryReport> retryFailed(FailedJobs which);

    /** Lets failed tombstones go: nobody will retry them, and their unique keys are free. Works as {@link #retryFailed}. */
    Mono<DiscardReport> discard(FailedJobs which);

    /**
     * How many jobs ended and how, by queue and kind, in the order of their names; what was forgotten counts on. Counts
     * everything that is not forgotten yet; not for a hot path.
     */
    Flux<JobTotals> totals();

    /** Checks the conservation law in one query: every job is in exactly one place. Reads every set; not for a hot path. */
    Mono<AuditReport> audit();

    /** Settings of a client. Not safe to share; {@link #build()} checks them. */
    interface Builder {

        /** How payloads become JSON; Jackson by default. */
        Builder codec(PayloadCodec codec);

        /** The longest payload there may be, in bytes of UTF-8; 1 MiB by default, 1 to 256 MiB. */
        Builder maxPayloadBytes(int bytes);

        /** How many jobs of {@link JobQueue#enqueue} may wait to be written; 100,000 by default, 1 or more. */
        Builder maxWaitingJobs(int jobs);

        /** Is told what this client enqueues. Several are all told. None by default. */
        Builder observer(JobObserver observer);

        /** Stands around what this client enqueues. Of several the first is outermost. None by default. */
        Builder interceptor(JobInterceptor interceptor);

        /**
         * Checks the settings and makes the client.
         *
         * @throws InvalidSettingException that names the setting that cannot be
         */
        JobQueue build();
    }
}
