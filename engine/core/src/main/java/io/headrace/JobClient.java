package io.headrace;

import io.headrace.engine.Assembly;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The client of an application: enqueues jobs, finds, watches and cancels them. A service that only enqueues needs nothing
 * else; what people decide about queues and failed jobs is {@link JobOperator}'s. Safe to use from many threads; it has no
 * threads and needs no closing.
 *
 * <p>Everything enqueued at the same time travels together: while one statement is on its way, what comes meanwhile waits
 * for the next. Signals arrive on a thread of the store's driver; do not block it.
 *
 * <p>Cancelling an enqueue that still waits for its statement withdraws the job; once the statement is on its way the job
 * is enqueued, cancelled or not.
 */
public interface JobClient extends JobProducer {

    /** A client with the default settings. */
    static JobClient create(JobStore store) {
        return builder(store).build();
    }

    static Builder builder(JobStore store) {
        return Assembly.client(store);
    }

    /**
     * This client in a transaction of the caller's: rolled back, the jobs never existed; committed, they are all there, and
     * workers that wait for them wake. Nothing is batched: each call is a statement of the transaction's, and an error of one
     * ends the transaction, as PostgreSQL has it. Enqueue one at a time, as the connection is. In REPEATABLE READ and
     * SERIALIZABLE an enqueue may err with a {@link TransactionConflictException}: run the whole transaction again.
     *
     * @param transaction as the store makes it; of no use when the transaction is over
     */
    JobProducer in(JobTransaction transaction);

    /**
     * Looks a job up; empty if there is none, or none any more: a completed one is forgotten after its retention. Its failures
     * come without their stack traces, so that the answer can be passed on.
     */
    Mono<JobSnapshot> find(JobId id);

    /** The same as {@link #find}, with the stack traces of its failures. They show the inside of the application. */
    Mono<JobSnapshot> findWithTraces(JobId id);

    /**
     * How a job stands and what becomes of it: emits at once how it stands, then each change that is seen, and completes after
     * its outcome ({@link JobUpdate#isOutcome}). It looks into the store, so it does not matter which process runs the job:
     * about every {@link Builder#watchInterval}, in one query for all that is watched by this client, however many watch. What
     * begins and ends between two looks is not seen, save the outcome; a subscriber slower than the changes gets the latest.
     *
     * <p>While the store is away it waits. Errors with an {@link UnknownJobException} if there is no such job, or none any more,
     * and with a {@link StoreException} that does not pass. Cancelling ends the watching; without watchers nobody looks.
     */
    Flux<JobUpdate> watch(JobId id);

    /** The outcome of a job, when it has one: the last of what {@link #watch} emits, whether the job ended well or not. */
    default Mono<JobUpdate> await(JobId id) {
        return watch(id).last();
    }

    /**
     * Ends a job that has yet to end, wherever it is. A waiting one never runs; a leased one has its handler cancelled when its
     * worker hears of it, within a heartbeat, and at once if it runs in this process.
     */
    Mono<CancelAnswer> cancel(JobId id);

    /** Settings of a client. Not safe to share; {@link #build()} checks them. */
    interface Builder {

        /** How payloads become JSON; Jackson by default. */
        Builder codec(PayloadCodec codec);

        /**
         * The longest payload there may be, in bytes of UTF-8; 1 MiB by default, 1 to 256 MiB. Numbers count as PostgreSQL
         * gives them back, with all of their digits: {@code 1e1000} counts 1,001 bytes.
         */
        Builder maxPayloadBytes(int bytes);

        /**
         * How many jobs of {@link JobClient#enqueue} may wait to be written; 100,000 by default, 1 or more. Whatever their
         * number, their JSON may take a quarter of the heap.
         */
        Builder maxWaitingJobs(int jobs);

        /** Is told what this client enqueues. Several are all told. None by default. */
        Builder observer(JobObserver observer);

        /** Stands around what this client enqueues. Of several the first is outermost. None by default. */
        Builder interceptor(JobInterceptor interceptor);

        /**
         * How long an enqueue with a unique key waits for somebody's open transaction that is about to take or give back that
         * very key; 10 s by default. Then it errs with a {@link UniqueKeyBusyException}. With 0 it is tried about once.
         */
        Builder maxKeyWait(Duration limit);

        /**
         * How often what is watched is looked at; every second by default, every 10 ms at the most. Where a look takes long, as
         * among millions of waiting jobs, it is less often: looking takes a tenth of the time of one connection at the most.
         */
        Builder watchInterval(Duration interval);

        /**
         * Checks the settings and makes the client.
         *
         * @throws InvalidSettingException that names the setting that cannot be
         */
        JobClient build();
    }
}
