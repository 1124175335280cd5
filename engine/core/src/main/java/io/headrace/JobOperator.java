package io.headrace;

import io.headrace.bulk.BulkOperator;
import io.headrace.engine.Assembly;
import io.headrace.observe.JobObserver;
import io.headrace.operate.Activity;
import io.headrace.operate.Actor;
import io.headrace.operate.Decision;
import io.headrace.operate.Diagnosis;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.operate.EngineMark;
import io.headrace.operate.FailureCause;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobPage;
import io.headrace.operate.JobRecord;
import io.headrace.operate.LiveView;
import io.headrace.operate.NotPermittedException;
import io.headrace.operate.Right;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.signal.AwaitedPage;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.JobStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The desk: operates the queues of a store. Shows queues, workers and totals, pauses queues, and retries or discards
 * failed jobs. Every decision is logged, see {@link #decisions}.
 * It needs no engine: a console or a command line tool works with a store alone. Thread-safe. It has no threads and
 * need not be closed. Signals arrive on a thread of the store's driver, which must not be blocked.
 */
public interface JobOperator {

    /** Creates an operator without observers. */
    static JobOperator create(JobStore store) {
        return builder(store).build();
    }

    /** Creates a builder for an operator of a store. */
    static Builder builder(JobStore store) {
        return Assembly.operator(store);
    }

    /**
     * Returns the desk of an actor, for doors that admit people: each of its methods first checks the right that it needs,
     * and fails with a {@link NotPermittedException} without it; {@link Right#VIEW} for what only reads. Its decisions are
     * logged under the name of the actor. An actor may never do more at this desk than the desk's own actor: its rights are
     * those that both have.
     */
    JobOperator as(Actor actor);

    /**
     * Lists jobs, page by page. A page costs about the same however many jobs there are; a call that searches for rare
     * jobs among many returns a short page and how far it came. {@link io.headrace.spi.JobInspector#jobs} documents the
     * order. Without a state, leased jobs come first, then waiting, failed, cancelled, discarded and completed ones.
     * While jobs move from state to state, a list may miss a job or show it twice.
     *
     * @param filter which jobs
     * @param cursor {@link JobPage#next} of the page before, listed with the same filter; {@code null} for the first page
     * @param most the maximum number of jobs of the page, 1 to 200
     * @return fails with an {@link InvalidSettingException} if the cursor is damaged or belongs to another filter, or if
     *     {@code most} is out of range
     */
    Mono<JobPage> jobs(JobFilter filter, @Nullable String cursor, int most);

    /**
     * Finds a job, with the stack traces of its failures. Like {@link #why}, it reads nothing that grows with the number
     * of ended jobs.
     *
     * @return empty if the job is unknown or pruned
     */
    Mono<JobSnapshot> find(JobId id);

    /**
     * Returns what the handler of a job has recorded: its steps and its cursor, and the signals that the job waits for or has
     * waited for. The last {@link JobRecord#MOST_STEPS} steps and {@link JobRecord#MOST_SIGNALS} signals are returned, and
     * {@link JobRecord#MOST_BYTES} of the values of each. One query, which reads the names and times of all steps of the job.
     * Values need {@link Right#VIEW_PAYLOAD}.
     *
     * @return always one record, also for an unknown job ({@link JobRecord#none})
     */
    Mono<JobRecord> record(JobId id);

    /**
     * Makes a waiting job due now: one that is delayed, snoozed or waits for its retry. It keeps its attempts, and runs as
     * soon as an engine has room for it. A job that is due already keeps its place. Needs {@link Right#RETRY}.
     *
     * @return {@code false} if the job does not wait
     */
    Mono<Boolean> runNow(JobId id);

    /** Cancels a live job, wherever it is, see {@link JobClient#cancel}. */
    Mono<CancelAnswer> cancel(JobId id);

    /**
     * Retries failed tombstones with fresh attempts, using the handlers and policies that are currently deployed. Works
     * in atomic chunks and in bounded memory. Cancelling stops after the chunk in flight.
     */
    Mono<RetryReport> retryFailed(FailedJobs which);

    /**
     * Retries one of the failed tombstones, the one that was enqueued last, to see whether it succeeds before the others
     * are retried. It is retried as by {@link #retryFailed}.
     *
     * @return the id of the retried job; empty if nothing matched, or somebody else is deciding about the matching jobs
     */
    Mono<JobId> probe(FailedJobs which);

    /**
     * Discards failed tombstones: they can no longer be retried, and their unique keys are released. Works in chunks,
     * like {@link #retryFailed}.
     */
    Mono<DiscardReport> discard(FailedJobs which);

    /**
     * Pauses a queue in every engine until it is resumed, including engines that start later. Once this completes, no
     * claim returns jobs from the queue. Running jobs finish normally. Prefetched jobs may still start until their
     * engine's next claim or heartbeat; then they are handed back without charging an attempt. Enqueueing, cancelling,
     * retrying and everything else continue. Idempotent. The queue need not have had any jobs.
     *
     * @param queue the name of the queue; the result fails with an {@link InvalidJobException} if the name is invalid
     */
    Mono<Void> pause(String queue);

    /** Resumes a queue after {@link #pause}, and wakes waiting workers at once. Idempotent. */
    Mono<Void> resume(String queue);

    /** Enqueues a job, see {@link JobClient#enqueue}. It is logged as a decision, without its payload. */
    Mono<Enqueued> enqueue(NewJob<?> job);

    /**
     * Sends a signal, see {@link JobClient#signal(String, Object)}. It is logged as a decision, without its value. Needs
     * {@link Right#SIGNAL}.
     *
     * @param value {@code null} for none
     */
    Mono<SignalAnswer> signal(String key, @Nullable Object value);

    /**
     * Lists jobs that wait for signals, page by page, ordered by key and then by job. A page costs about the same however many
     * jobs wait.
     *
     * @param key only jobs that wait for this key; {@code null} for all
     * @param cursor {@link AwaitedPage#next} of the page before, listed with the same key; {@code null} for the first page
     * @param most the maximum number of jobs of the page, 1 to 200
     * @return fails with an {@link InvalidSettingException} if the cursor is damaged or belongs to another key, or if
     *     {@code most} is out of range
     */
    Mono<AwaitedPage> awaiting(@Nullable String key, @Nullable String cursor, int most);

    /**
     * Explains why a job is not running, and what ends the wait; of a job that runs or has ended, who has it or what
     * became of it. One query. A job that waits elsewhere than where its enqueue or its last failure put it, such as a
     * snoozed one, is looked for among all waiting jobs, and a completed job, too; nothing that grows with the number of
     * ended jobs is read.
     *
     * @return always one explanation, also for an unknown job ({@link JobReason.Unknown})
     */
    Mono<JobExplanation> why(JobId id);

    /**
     * Returns what failed jobs have in common, by the fingerprint of their last failure: the cause that was seen last comes
     * first. At most 60 causes; if there are more, those of the jobs that failed last. The cost is bounded, however many
     * jobs have failed, so large counts may be lower bounds.
     */
    Flux<FailureCause> failureCauses();

    /** Returns the queues, ordered by name. Counts waiting jobs; not for a hot path. */
    Flux<QueueSnapshot> queues();

    /** Returns the workers, in the order of their registration. */
    Flux<WorkerSnapshot> workers();

    /**
     * Returns how many jobs ended, by queue, kind and state, ordered by name. Pruned jobs still count. Counts all jobs
     * that are not yet pruned; not for a hot path.
     */
    Flux<JobTotals> totals();

    /**
     * Shows the queues and workers as they are now, with rates and forecasts, about every two seconds. All subscribers
     * of this operator, and of those that {@link #as} derives from it, share one poller: it sends two queries of bounded
     * cost for each view, however many subscribers there are, and none without subscribers. Late subscribers get the
     * latest view at once. Never completes and never fails because of the store: while it cannot be read, each view says
     * why ({@link LiveView#problem()}). Slow subscribers miss views.
     */
    Flux<LiveView> live();

    /**
     * Counts the attempts that ended recently, for a chart: completed, retried and failed, by buckets of time. One query
     * of bounded cost: if many attempts ended, the counts are extrapolated from a sample
     * ({@link Activity#isEstimated()}).
     *
     * @param window the time up to now, at most 31 days. Buckets begin at multiples of their length, so the first begins
     *     up to one bucket later. Completed jobs that are past their retention are not counted
     * @param buckets the number of buckets, 1 to 1,000; the result fails with an {@link InvalidSettingException}
     *     otherwise, and if a bucket would be shorter than a second
     */
    Mono<Activity> activity(Duration window, int buckets);

    /**
     * Emits completed, failed and cancelled jobs as they end, each once and about a second after its end. It begins with
     * the jobs that ended in the last seconds. The cost is bounded: one query a second for each subscriber. If many more
     * than a thousand matching jobs end in a second, only some are emitted. Never completes.
     *
     * @return fails with a {@link StoreException} if the store cannot be read
     */
    Flux<EndedJob> ended(EndedFilter filter);

    /**
     * Returns the starts and ends of the engines that have run recently, the latest start first, at most 1,000. A mark is
     * kept for at least {@link JobEngine.Builder#failedRetention} after the engine has ended.
     *
     * @param back how far to look back from now; the result fails with an {@link InvalidSettingException} if it is not
     *     positive
     */
    Flux<EngineMark> marks(Duration back);

    /** Verifies with one query that every job is in exactly one place. Reads every set; not for a hot path. */
    Mono<AuditReport> audit();

    /**
     * Reads the state of the store and its surroundings, such as the settings of the database server, and says what is
     * wrong and what to do about it. The cost is bounded, however many jobs there are. Rights that are missing and a
     * schema that this version cannot work with are problems of the diagnosis, not errors.
     *
     * @return fails with a {@link StoreException} if the store does not answer
     */
    Mono<Diagnosis> diagnose();

    /**
     * Returns a page of the operator log, the latest decision first. A decision is logged before it is carried out, so none
     * succeeds unlogged. Decisions of applications, such as {@link JobClient#cancel}, are not logged.
     *
     * @param before only decisions with a lower {@link Decision#id}; {@code null} for the first page
     * @param most how many, at most 1,000; the result fails with an {@link InvalidSettingException} otherwise
     */
    Flux<Decision> decisions(@Nullable Long before, int most);

    /** Returns the operator of the schedules of this store. */
    ScheduleOperator schedules();

    /** Returns the operator of bulk operations: decisions about many jobs that are carried out in the background. */
    BulkOperator bulk();

    /** Builds an operator. Not thread-safe. */
    interface Builder {

        /** Adds an observer of the calls to the store. All added observers are notified. Default: none. */
        Builder observer(JobObserver observer);

        /** Sets the codec that converts the payloads of schedules to JSON. Default: Jackson. */
        Builder codec(PayloadCodec codec);

        /**
         * Adds a transform of the payloads that this operator enqueues and schedules, and of the values of the signals that it
         * sends. Transforms encode in the order in which they are added. Default: none. {@link JobOperator#find} and
         * {@link JobOperator#record} return payloads and values as they are stored; see
         * {@link PayloadTransforms#decode(JobSnapshot)} and {@link PayloadTransforms#decodeValue}.
         */
        Builder transform(PayloadTransform transform);

        /** Sets the name under which decisions are logged, see {@link JobOperator#as}. Default: {@code java}. */
        Builder name(String name);

        /** Creates the operator. */
        JobOperator build();
    }
}
