package io.headrace;

import io.headrace.engine.Assembly;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import io.headrace.spi.JobTransaction;
import java.lang.reflect.Type;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The client of an application: enqueues, finds, watches and cancels jobs. A service that only enqueues needs nothing
 * else. Operations on queues and failed jobs are in {@link JobOperator}. Thread-safe. A client has no threads and need
 * not be closed.
 *
 * <p>Concurrent enqueues are batched: while one statement is in flight, further jobs wait for the next. Signals arrive
 * on a thread of the store's driver, which must not be blocked.
 *
 * <p>Cancelling an enqueue that still waits for its statement withdraws the job. Once the statement is in flight, the
 * job is enqueued, cancelled or not.
 */
public interface JobClient extends JobProducer {

    /** Creates a client with the default settings. */
    static JobClient create(JobStore store) {
        return builder(store).build();
    }

    static Builder builder(JobStore store) {
        return Assembly.client(store);
    }

    /**
     * Returns a producer that enqueues in the caller's transaction. On rollback, the jobs never existed. On commit, all
     * of them exist, and workers that wait for them are woken. Nothing is batched: each call is a statement of the
     * transaction, and as always in PostgreSQL, an error of one statement aborts the transaction. Enqueue sequentially,
     * because the connection runs one statement at a time. In REPEATABLE READ and SERIALIZABLE, an enqueue may fail
     * with a {@link TransactionConflictException}: run the whole transaction again.
     *
     * @param transaction a transaction created by the store; must not be used after the transaction has ended
     */
    JobProducer in(JobTransaction transaction);

    /**
     * Finds a job. Empty if there is no such job, or if it was pruned: a completed job is pruned after its retention.
     * Failures are without their stack traces, so that the result can be passed on.
     */
    Mono<JobSnapshot> find(JobId id);

    /** Like {@link #find}, with the stack traces of the failures. They reveal internals of the application. */
    Mono<JobSnapshot> findWithTraces(JobId id);

    /**
     * Watches a job until it ends: emits the current state at once, then each observed change, and completes after the
     * job has ended ({@link JobUpdate#isOutcome}). The store is polled about every {@link Builder#watchInterval}, with
     * one query for all jobs that this client watches, however many subscribers there are. It therefore does not matter
     * which process runs the job. A change that begins and ends between two polls is not observed, except the end of
     * the job. A slow subscriber receives the latest state.
     *
     * <p>While the store is unavailable, the watch waits. It fails with an {@link UnknownJobException} if there is no
     * such job or it was pruned, and with a {@link StoreException} that is not transient. Cancelling ends the watch.
     * Without watchers, the store is not polled.
     */
    Flux<JobUpdate> watch(JobId id);

    /**
     * Emits the state of a job once it has ended, whether it completed or not. As a rule, the end is announced: to this
     * process at once, and to others by the database. An end that is not announced, such as that of a job that an operator
     * cancels, is found by the polls of {@link #watch}.
     *
     * <p>All who await jobs with this client share its statements. While the store is unavailable, this waits. It fails
     * with an {@link UnknownJobException} if there is no such job or it was pruned, and with a {@link StoreException} that
     * is not transient. Cancelling ends the wait, not the job. It has no timeout of its own.
     */
    Mono<JobUpdate> await(JobId id);

    /**
     * Like {@link #await(JobId)}, but emits the result with which the job completed
     * ({@link JobOutcome#complete(Object)}). Completes empty if it completed without a result. A failed job is an answer,
     * although it can still be retried.
     *
     * @return fails with a {@link JobNotCompletedException} if the job failed, or was cancelled or discarded, and with a
     *     {@link ValueUnreadableException} if the result does not parse into the type, or cannot be decoded
     */
    <T> Mono<T> await(JobId id, Class<T> type);

    /**
     * Like {@link #await(JobId, Class)}, for a generic result such as a list. The caller guarantees that {@code T} matches
     * the type.
     */
    <T> Mono<T> awaitGeneric(JobId id, Type type);

    /**
     * Cancels a live job, wherever it is. A waiting job never runs. The handler of a leased job is cancelled once its
     * worker is notified: within one heartbeat, and at once if it runs in this process.
     */
    Mono<CancelAnswer> cancel(JobId id);

    /** Builds a client. Not thread-safe. {@link #build()} checks the settings. */
    interface Builder {

        /** Sets the codec that converts payloads to JSON. Default: Jackson. */
        Builder codec(PayloadCodec codec);

        /**
         * Adds a transform of the payloads and the values of signals that this client sends, and of the results that it
         * awaits. Transforms encode in the order in which they are added: compress before you encrypt. Default: none.
         */
        Builder transform(PayloadTransform transform);

        /**
         * Sets the maximum length of a payload, in bytes of UTF-8. Default: 1 MiB; at most 256 MiB. Numbers count as
         * PostgreSQL returns them, with all of their digits: {@code 1e1000} counts as 1,001 bytes. If the payload is
         * transformed, what is stored counts, in Base64; before, it may be sixteen times as long, and 256 MiB at most.
         */
        Builder maxPayloadBytes(int bytes);

        /**
         * Sets how many jobs of {@link JobClient#enqueue} may wait to be written. Default: 100,000; at least 1.
         * Whatever their number, their JSON may take at most a quarter of the heap.
         */
        Builder maxWaitingJobs(int jobs);

        /** Adds an observer of this client's enqueues. All added observers are notified. Default: none. */
        Builder observer(JobObserver observer);

        /** Adds an interceptor around this client's enqueues. The first one added is the outermost. Default: none. */
        Builder interceptor(JobInterceptor interceptor);

        /**
         * Sets how long an enqueue with a unique key waits for an open transaction that is about to take or release the
         * same key. Default: 10 s. Then it fails with a {@link UniqueKeyBusyException}. With 0, it tries about once.
         */
        Builder maxKeyWait(Duration limit);

        /**
         * Sets the interval at which watched jobs are polled. Default: 1 s; at least 10 ms. If a poll takes long, as
         * among millions of waiting jobs, the interval is longer: polling uses at most a tenth of the time of one
         * connection.
         */
        Builder watchInterval(Duration interval);

        /**
         * Checks the settings and creates the client.
         *
         * @throws InvalidSettingException if a setting is invalid; names the setting
         */
        JobClient build();
    }
}
