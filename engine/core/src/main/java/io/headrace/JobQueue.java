package io.headrace;

import io.headrace.engine.Assembly;
import io.headrace.spi.JobStore;
import java.util.Collection;
import java.util.List;
import org.reactivestreams.Publisher;
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
public interface JobQueue {

    /** A client with the default settings. */
    static JobQueue create(JobStore store) {
        return builder(store).build();
    }

    static Builder builder(JobStore store) {
        return Assembly.queue(store);
    }

    /**
     * Enqueues a job for each subscription.
     *
     * @return the new job's id, or the id of the job that already has its unique key. Errors with an
     *     {@link InvalidJobException} if the payload cannot be written as JSON that the store takes or is over the limit,
     *     an {@link UnknownKindException} if this queue belongs to an engine without a handler for the kind, an
     *     {@link EnqueueOverflowException} if too many jobs wait to be written, a {@link StoreException} if the store
     *     fails; in each case the job is not enqueued, save that it may be if the connection broke before the store's answer
     *     came
     */
    <T> Mono<Enqueued> enqueue(NewJob<T> job);

    /**
     * Enqueues all of the jobs or, in case of an error (as of {@link #enqueue}), none.
     *
     * @return the answers in the order of the jobs
     */
    Mono<List<Enqueued>> enqueueAll(Collection<? extends NewJob<?>> jobs);

    /**
     * Enqueues a stream, each job as by {@link #enqueue}. The store's pace is the source's demand: at most 2,048 jobs are on
     * their way. The first error ends the stream; the jobs before the one that caused it are enqueued, and those that were
     * on their way with it may be.
     *
     * @return the answers in the order of the jobs
     */
    Flux<Enqueued> enqueueAll(Publisher<? extends NewJob<?>> jobs);

    /** Looks a job up; empty if there is none, or none any more. */
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

        /**
         * Checks the settings and makes the client.
         *
         * @throws InvalidSettingException that names the setting that cannot be
         */
        JobQueue build();
    }
}
