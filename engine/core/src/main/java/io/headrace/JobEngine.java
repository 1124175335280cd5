package io.headrace;

import io.headrace.engine.Assembly;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs handlers: leases jobs as there is room for them, hands them to the handlers, and records what became of them.
 * Safe to use from many threads.
 *
 * <pre>{@code
 * JobEngine engine = JobEngine.builder(store)
 *         .queue("default", q -> q.concurrency(64))
 *         .subscribe(INDEX, job -> indexer.index(job.payload()))
 *         .build();
 * engine.start().block();
 * }</pre>
 *
 * <p>Handlers are subscribed to on {@code Schedulers.parallel()}, each attempt on whichever thread is free, unless they say
 * that they block. Heartbeats and timers run on a thread of the engine's own. Answers of the database arrive on threads of its
 * driver, and what a handler does after a query of its own runs there too: it must not block them.
 */
public interface JobEngine {

    /**
     * Starts an engine's description.
     *
     * @param store where the jobs are; the engine does not close it
     */
    static Builder builder(JobStore store) {
        return Assembly.engine(store);
    }

    /**
     * Registers this engine as a worker, puts the leases of dead workers back, then begins to claim. Completes when the
     * first claim may be under way. Starting a running engine completes at once; one that was stopped cannot be started
     * again.
     *
     * @return errors with a {@link StoreException} if the store cannot be reached or is not migrated; then nothing runs,
     *     and it may be started again
     */
    Mono<Void> start();

    /**
     * Stops with the grace set when it was built.
     *
     * @see #stop(Duration)
     */
    Mono<Void> stop();

    /**
     * Claims nothing more; hands back what was fetched ahead; lets running handlers finish within the grace, their leases
     * kept alive; then cancels the rest and hands it back without charging an attempt; records every outcome. Afterwards
     * no lease and no worker of this engine is left in the store. Safe to call twice.
     */
    Mono<Void> stop(Duration grace);

    /** How it stands at this moment, by its own knowledge. */
    EngineStatus status();

    /** The client of this engine: its jobs reach a waiting handler here without a poll. */
    JobClient client();

    /** The operator of this engine's store: an engine that has a job which is cancelled here hears of it at once. */
    JobOperator operator();

    /**
     * The jobs of one kind as a stream, settled by hand; the subscriber's demand is what is claimed. At most
     * {@code settings.concurrency()} deliveries are unsettled at a time, however large the demand; {@code prefetch}
     * further ones are fetched ahead. Each subscription claims for itself. The stream ends when the engine stops, and
     * errors with an {@link IllegalStateException} if the engine is not running. Cancelling hands back what was fetched
     * ahead; what was delivered can still be settled.
     *
     * <p>Deliveries arrive on a thread of the store's driver: do not block it.
     */
    <T> Flux<Delivery<T>> receive(JobType<T> type, QueueSettings settings, RetryPolicy policy);

    /** {@link #receive(JobType, QueueSettings, RetryPolicy)} with the defaults. */
    default <T> Flux<Delivery<T>> receive(JobType<T> type) {
        return receive(type, QueueSettings.defaults(), RetryPolicy.defaults());
    }

    /** Settings of an engine. Not safe to share; {@link #build()} checks them. */
    interface Builder {

        /**
         * Works on a queue. Without any, the engine works on {@code default}.
         *
         * @throws InvalidSettingException if the queue was named before
         */
        Builder queue(String name, UnaryOperator<QueueSettings> settings);

        /** Works on a queue with the default settings. */
        default Builder queue(String name) {
            return queue(name, UnaryOperator.identity());
        }

        /**
         * Handles a kind, on whichever of this engine's queues its jobs come.
         *
         * @throws InvalidSettingException if the kind has a handler
         */
        <T> Builder subscribe(JobHandler<T> handler);

        /** Handles a kind by a function that does not block, with the default policy and timeout. */
        default <T> Builder subscribe(JobType<T> type, Function<? super Job<T>, ? extends Publisher<?>> function) {
            return subscribe(JobHandler.of(type, function));
        }

        /** Says that {@link JobEngine#client()} may enqueue these kinds although another service handles them. */
        Builder enqueues(JobType<?>... types);

        /** How payloads become JSON; Jackson by default. */
        Builder codec(PayloadCodec codec);

        /**
         * Settings of this engine's client. The codec, observers and interceptors of the client are those of the engine.
         *
         * @param settings returns the builder that it is given
         * @throws InvalidSettingException if it returns another
         * @see JobClient.Builder
         */
        Builder client(UnaryOperator<JobClient.Builder> settings);

        /**
         * How many bytes of payloads this engine holds, from when they come until their jobs are settled; an eighth of the heap
         * by default, 1 MiB or more. Beyond, jobs stay in the store, however many handlers are free. One job of each queue
         * always fits, and 256 KiB of short ones. What handlers make of their payloads is not counted and may take several
         * times as much.
         */
        Builder payloadBudget(long bytes);

        /**
         * How often what running jobs say of their {@linkplain Job#progress progress} is written at the most, in one statement
         * for all of them; every second by default. Nothing is written while none of them says anything.
         */
        Builder progressInterval(Duration interval);

        /** How this engine is called in the store, for people to read; the host's name by default. */
        Builder name(String name);

        /** How often this engine says that it is alive; 10 s by default. */
        Builder heartbeatInterval(Duration interval);

        /** How long it may stay silent before its leases go to others; 30 s by default, two heartbeats at least. */
        Builder workerExpiry(Duration silence);

        /** How often this engine looks for expired leases, give or take a fifth; 10 s by default. */
        Builder sweepInterval(Duration interval);

        /**
         * How long tombstones are kept at least: a failed job can be retried that long. 14 days by default; looked after
         * about once a minute.
         */
        Builder failedRetention(Duration retention);

        /**
         * How long completed jobs are kept at least, from when they completed: they can be found that long. 7 days by default;
         * looked after about once a minute. Where engines on one store differ, the shortest holds. Jobs that have yet to end
         * are kept however old they are.
         */
        Builder completedRetention(Duration retention);

        /** How long {@link JobEngine#stop()} lets handlers finish; 30 s by default. */
        Builder grace(Duration grace);

        /**
         * Stops the engine when the process is told to end (SIGTERM, Ctrl-C), by a shutdown hook that waits for it; not by
         * default. Whoever closes the store or the database in a hook of their own stops the engine there instead: hooks run
         * at the same time.
         */
        Builder stopOnShutdown();

        /** Is told what happens in the engine and its client. Several are all told. None by default. */
        Builder observer(JobObserver observer);

        /**
         * Stands around what the engine's client enqueues and around each attempt of its handlers, though not around
         * deliveries. Of several the first is outermost. None by default.
         */
        Builder interceptor(JobInterceptor interceptor);

        /**
         * Where handlers that do not block are subscribed to, on as many threads as the scheduler says it has;
         * {@code Schedulers.parallel()} by default.
         */
        Builder handlerScheduler(Scheduler scheduler);

        /**
         * Where everything else of the engine runs: heartbeats, polls, timeouts and other timers; and handlers, if {@link
         * #handlerScheduler} was not set. By default that is a thread of the engine's own, which no handler can block. It is
         * set for tests under virtual time above all.
         */
        Builder scheduler(Scheduler scheduler);

        /**
         * Checks the settings and makes the engine, which does nothing until it is started.
         *
         * @throws InvalidSettingException that names the setting that cannot be
         */
        JobEngine build();
    }
}
