package io.headrace;

import io.headrace.engine.Assembly;
import io.headrace.observe.JobInterceptor;
import io.headrace.observe.JobObserver;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.Timetable;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs handlers: claims jobs as there is room for them, passes them to the handlers, and records the outcomes.
 * Thread-safe.
 *
 * <pre>{@code
 * JobEngine engine = JobEngine.builder(store)
 *         .queue("default", q -> q.concurrency(64))
 *         .subscribe(INDEX, job -> indexer.index(job.payload()))
 *         .build();
 * engine.start().block();
 * }</pre>
 *
 * <p>Handlers are subscribed on {@code Schedulers.parallel()}, each attempt on any free thread, unless they are
 * declared as blocking. Heartbeats and timers run on a separate thread of the engine. Answers of the database arrive on
 * threads of its driver, and so does everything that a handler does after one of its own queries. These threads must
 * not be blocked.
 */
public interface JobEngine {

    /**
     * Creates a builder for an engine.
     *
     * @param store the store of the jobs; the engine does not close it
     */
    static Builder builder(JobStore store) {
        return Assembly.engine(store);
    }

    /**
     * Registers this engine as a worker, returns the jobs of dead workers to their queues, then starts to claim.
     * Completes when the engine starts to claim. Starting a running engine completes at once. A stopped engine cannot
     * be started again.
     *
     * @return fails with a {@link StoreException} if the store cannot be reached or is not migrated; then nothing runs,
     *     and the engine may be started again
     */
    Mono<Void> start();

    /**
     * Stops this engine with the grace period of its builder.
     *
     * @see #stop(Duration)
     */
    Mono<Void> stop();

    /**
     * Stops this engine: claims no more jobs, hands back prefetched jobs, lets running handlers finish within the grace
     * period while their leases are kept alive, then cancels the rest and hands those jobs back without charging an
     * attempt. Every outcome is recorded. Afterwards, no lease and no worker of this engine is left in the store.
     * Idempotent.
     */
    Mono<Void> stop(Duration grace);

    /** Returns the current status of this engine, without querying the store. */
    EngineStatus status();

    /** Returns the client of this engine. Its jobs reach an idle handler of this engine without a poll. */
    JobClient client();

    /**
     * Returns the operator of this engine's store. If it cancels a job that this engine has, the engine is notified at
     * once.
     */
    JobOperator operator();

    /**
     * Returns the jobs of one kind as a stream of deliveries that the subscriber settles explicitly. Jobs are claimed
     * as the subscriber demands them. At most {@code settings.concurrency()} deliveries are unsettled at a time,
     * however large the demand; up to {@code prefetch} more are prefetched. Each subscription claims separately. The
     * stream completes when the engine stops, and fails with an {@link IllegalStateException} if the engine is not
     * running. Cancelling hands back prefetched jobs. Delivered jobs can still be settled.
     *
     * <p>Deliveries arrive on a thread of the store's driver, which must not be blocked.
     */
    <T> Flux<Delivery<T>> receive(JobType<T> type, QueueSettings settings, RetryPolicy policy);

    /** Like {@link #receive(JobType, QueueSettings, RetryPolicy)}, with the default settings and policy. */
    default <T> Flux<Delivery<T>> receive(JobType<T> type) {
        return receive(type, QueueSettings.defaults(), RetryPolicy.defaults());
    }

    /** Builds an engine. Not thread-safe. {@link #build()} checks the settings. */
    interface Builder {

        /**
         * Adds a queue to work on. Default: the queue {@code default}.
         *
         * @throws InvalidSettingException if the queue was already added
         */
        Builder queue(String name, UnaryOperator<QueueSettings> settings);

        /** Adds a queue to work on, with the default settings. */
        default Builder queue(String name) {
            return queue(name, UnaryOperator.identity());
        }

        /**
         * Adds a handler for a kind. It receives the jobs of all queues of this engine.
         *
         * @throws InvalidSettingException if the kind already has a handler
         */
        <T> Builder subscribe(JobHandler<T> handler);

        /** Adds a handler that is a non-blocking function, with the default policy and timeout. */
        default <T> Builder subscribe(JobType<T> type, Function<? super Job<T>, ? extends Publisher<?>> function) {
            return subscribe(JobHandler.of(type, function));
        }

        /**
         * Declares a schedule. When this engine starts, the schedule is created in the store, or changed if its
         * declaration has changed since. If an operator paused it, it stays paused. A schedule that no engine has
         * declared for a day is paused.
         *
         * @throws InvalidSettingException if a schedule of this name was already added
         */
        Builder schedule(Schedule schedule);

        /** Declares a schedule that enqueues this job at each instant of the timetable, with the default settings. */
        default Builder schedule(String name, Timetable timetable, NewJob<?> job) {
            return schedule(Schedule.of(name, timetable, job));
        }

        /** Allows {@link JobEngine#client()} to enqueue these kinds, which another service handles. */
        Builder enqueues(JobType<?>... types);

        /** Sets the codec that converts payloads to JSON. Default: Jackson. */
        Builder codec(PayloadCodec codec);

        /**
         * Adds a transform of payloads and values, for what this engine's client enqueues, signals and awaits, its schedules
         * fire and its handlers read, record and complete with. Transforms encode in the order in which they are added:
         * compress before you encrypt. Default: none.
         */
        Builder transform(PayloadTransform transform);

        /**
         * Configures the client of this engine. Its codec, transforms, observers and interceptors are those of the engine.
         *
         * @param settings must return the given builder
         * @throws InvalidSettingException if it returns another builder
         * @see JobClient.Builder
         */
        Builder client(UnaryOperator<JobClient.Builder> settings);

        /**
         * Sets how many bytes of payloads this engine holds, from their arrival until their jobs are settled. Default:
         * an eighth of the heap; at least 1 MiB. Beyond the budget, jobs stay in the store, however many handlers are
         * free. One job of each queue always fits, and 256 KiB of short payloads. The objects that handlers make of
         * their payloads are not counted and may take several times as much.
         */
        Builder payloadBudget(long bytes);

        /**
         * Sets the minimum interval at which the {@linkplain Job#progress progress} of running jobs is written, in one
         * statement for all of them. Default: 1 s. Nothing is written while no job reports progress.
         */
        Builder progressInterval(Duration interval);

        /** Sets the name of this engine in the store, for people. Default: the host name. */
        Builder name(String name);

        /**
         * Sets the version of the application, for people: {@link JobOperator#workers()} and the marks on charts show it.
         * Default: the {@code Implementation-Version} of the JAR whose class calls {@link #build()}, if it has one;
         * otherwise none.
         */
        Builder version(String version);

        /** Sets the interval between heartbeats, which report that this engine is alive. Default: 10 s. */
        Builder heartbeatInterval(Duration interval);

        /**
         * Sets how long this engine may be silent before its leases go to others. Default: 30 s; at least two heartbeat
         * intervals.
         */
        Builder workerExpiry(Duration silence);

        /**
         * Sets the interval at which this engine looks for expired leases. Default: 10 s. Unless it is shorter than the
         * heartbeat interval, heartbeats look, and the engine sweeps when something expires. A shorter one has a statement of
         * its own, at intervals of ± 20 %.
         */
        Builder sweepInterval(Duration interval);

        /**
         * Sets the minimum time for which tombstones are kept, so that failed jobs can be retried. Default: 14 days.
         * Checked about once a minute.
         */
        Builder failedRetention(Duration retention);

        /**
         * Sets the minimum time for which completed jobs are kept, from their completion, so that they can be found.
         * Default: 7 days. Checked about every five minutes. If engines on one store differ, the shortest retention applies.
         * Live jobs are kept, however old they are.
         */
        Builder completedRetention(Duration retention);

        /**
         * Sets the minimum time for which the fires of schedules are kept on record. Default: 7 days. Checked about every
         * ten minutes. If engines on one store differ, the shortest retention applies.
         */
        Builder fireRetention(Duration retention);

        /**
         * Sets the minimum time for which decisions of operators are kept on record, see {@link JobOperator#decisions}.
         * Default: 90 days. Checked about once an hour. If engines on one store differ, the shortest retention applies.
         */
        Builder decisionRetention(Duration retention);

        /**
         * Sets how long a signal is kept at least. Default: 7 days. A signal that a job has waited for or read is kept as long
         * as the job.
         */
        Builder signalRetention(Duration retention);

        /** Sets the grace period that {@link JobEngine#stop()} gives handlers to finish. Default: 30 s. */
        Builder grace(Duration grace);

        /**
         * Stops the engine when the process is asked to terminate (SIGTERM, Ctrl-C), with a shutdown hook that waits
         * for it. Default: off. If you close the store or the database in your own shutdown hook, stop the engine there
         * instead, because hooks run concurrently.
         */
        Builder stopOnShutdown();

        /** Adds an observer of the engine and its client. All added observers are notified. Default: none. */
        Builder observer(JobObserver observer);

        /**
         * Adds an interceptor around the enqueues of the engine's client and around each attempt of its handlers, but
         * not around deliveries. The first one added is the outermost. Default: none.
         */
        Builder interceptor(JobInterceptor interceptor);

        /**
         * Sets the scheduler on which non-blocking handlers are subscribed, on as many threads as the scheduler
         * reports. Default: {@code Schedulers.parallel()}.
         */
        Builder handlerScheduler(Scheduler scheduler);

        /**
         * Sets the scheduler for everything else in the engine: heartbeats, polls, timeouts and other timers; also for
         * handlers, if {@link #handlerScheduler} is not set. Default: a separate thread of the engine, which no handler
         * can block. Mainly for tests under virtual time.
         */
        Builder scheduler(Scheduler scheduler);

        /**
         * Checks the settings and creates the engine, which does nothing until it is started.
         *
         * @throws InvalidSettingException if a setting is invalid; names the setting
         */
        JobEngine build();
    }
}
