package io.headrace.testkit;

import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.spi.BulkStore;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobMonitor;
import io.headrace.spi.JobStore;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.OperatorLog;
import io.headrace.spi.ResultStore;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.SignalStore;
import io.headrace.spi.StepStore;
import io.headrace.spi.WakeUp;
import io.headrace.spi.WorkerRegistry;
import io.headrace.testkit.memory.complete.MemoryTransaction;
import io.headrace.testkit.memory.enqueue.MemoryEnqueues;
import io.headrace.testkit.memory.enqueue.MemoryIntake;
import io.headrace.testkit.memory.lease.MemoryLeases;
import io.headrace.testkit.memory.monitor.MemoryMonitor;
import io.headrace.testkit.memory.operate.MemoryBulk;
import io.headrace.testkit.memory.operate.MemoryDecisions;
import io.headrace.testkit.memory.operate.MemoryInspector;
import io.headrace.testkit.memory.operate.MemoryOperatorLog;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Schedules;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.result.MemoryResults;
import io.headrace.testkit.memory.schedule.MemorySchedules;
import io.headrace.testkit.memory.signal.MemorySignals;
import io.headrace.testkit.memory.step.MemorySteps;
import io.headrace.testkit.memory.upkeep.MemoryWorkers;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that keeps jobs in memory, for tests without a database. It passes the same contract as the durable stores. In
 * addition, tests can look at its jobs ({@link #jobs(JobState)}, {@link #enqueued(JobType)}) and run everything that is due
 * ({@link #runDue()}).
 *
 * <p>Thread-safe: every call is one step under one lock. Results and wake-ups arrive on the thread that subscribed or enqueued,
 * before it returns, so virtual time works. Jobs are removed only when an engine prunes them after their retention; create a
 * store per test.
 *
 * <p>By default it uses the system clock. With a {@link ManualClock}, due times, expiries and deadlines pass when the test
 * moves the clock.
 */
public final class InMemoryJobStore implements JobStore {

    private final Contents contents = Contents.empty();
    private final Steps steps;
    private final JobIntake intake;
    private final MemoryLeases leases;
    private final WorkerRegistry workers;
    private final JobInspector inspector;
    private final JobMonitor monitor;
    private final JobDecisions decisions;
    private final ScheduleStore schedules;
    private final BulkStore bulk;
    private final ResultStore results;
    private final OperatorLog operatorLog;
    private final MemorySteps jobSteps;
    private final SignalStore signals;
    private final AtomicLong transactions = new AtomicLong();

    private InMemoryJobStore(Clock clock, boolean held) {
        steps = new Steps(clock, contents);
        MemoryEnqueues enqueues = new MemoryEnqueues(contents.places());
        MemoryLeases granting = new MemoryLeases(steps, contents, enqueues, held);
        leases = granting;
        intake = new MemoryIntake(steps, contents, enqueues, granting);
        workers = new MemoryWorkers(steps, contents);
        inspector = new MemoryInspector(steps, contents);
        monitor = new MemoryMonitor(steps, contents);
        decisions = new MemoryDecisions(steps, contents);
        schedules = new MemorySchedules(steps, contents, enqueues, held);
        bulk = new MemoryBulk(steps, contents);
        results = new MemoryResults(steps, contents);
        operatorLog = new MemoryOperatorLog(steps, contents);
        jobSteps = new MemorySteps(steps, contents);
        signals = new MemorySignals(steps, contents);
    }

    /** Creates an empty store on the system clock. */
    public static InMemoryJobStore create() {
        return create(Clock.systemUTC());
    }

    /**
     * Creates an empty store.
     *
     * @param clock the only source of time; at {@link JobId#EPOCH} or later
     */
    public static InMemoryJobStore create(Clock clock) {
        return new InMemoryJobStore(clock, false);
    }

    /**
     * Creates an empty store that leases jobs and fires due schedules only during {@link #runDue()}. Between two calls every
     * enqueued job stays pending, where a test can examine it.
     *
     * @param clock the only source of time; at {@link JobId#EPOCH} or later
     */
    public static InMemoryJobStore held(Clock clock) {
        return new InMemoryJobStore(clock, true);
    }

    @Override
    public JobIntake intake() {
        return intake;
    }

    @Override
    public LeaseStore leases() {
        return leases;
    }

    @Override
    public WorkerRegistry workers() {
        return workers;
    }

    @Override
    public JobInspector inspector() {
        return inspector;
    }

    @Override
    public JobMonitor monitor() {
        return monitor;
    }

    @Override
    public JobDecisions decisions() {
        return decisions;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public BulkStore bulk() {
        return bulk;
    }

    @Override
    public ResultStore results() {
        return results;
    }

    @Override
    public OperatorLog operatorLog() {
        return operatorLog;
    }

    @Override
    public StepStore steps() {
        return jobSteps;
    }

    @Override
    public SignalStore signals() {
        return signals;
    }

    @Override
    public Flux<WakeUp> wakeUps() {
        return contents.wakeUps().listen();
    }

    /** Begins a transaction for {@link io.headrace.Job#completeIn} and {@link io.headrace.Job#stepIn}. */
    public InMemoryTransaction begin() {
        String number = Long.toString(transactions.incrementAndGet());
        return new InMemoryTransaction(new MemoryTransaction(steps, contents, leases, jobSteps, number));
    }

    /** Returns the jobs in a state, ordered by id. */
    public List<JobSnapshot> jobs(JobState state) {
        return snapshots(job -> job.state() == state);
    }

    /** Returns every enqueued job of a type, in whatever state it is now, ordered by id. */
    public List<JobSnapshot> enqueued(JobType<?> type) {
        return snapshots(job -> job.content().kind().equals(type.kind()));
    }

    private List<JobSnapshot> snapshots(Predicate<StoredJob> wanted) {
        return steps.locked(() -> contents.places().jobs().values().stream()
                .filter(wanted)
                .map(contents.places()::snapshot)
                .toList());
    }

    /**
     * Lets the engines on this store run everything that is due: wakes them, and completes when no job is due or leased and no
     * schedule is due. Jobs due later stay pending, including retries. To run them, move the clock and call this again; the
     * engines are treated as alive in between, however far the clock moved. Completes immediately if nothing is due. Does not
     * complete while a job is due that no running engine handles, or a schedule that none can fire, so set a timeout. Without
     * a running engine, schedules are left aside. Cancelling stops the waiting, not the jobs.
     *
     * @return completes on the thread that records the last outcome
     */
    public Mono<Void> runDue() {
        return steps.untilIdle();
    }

    /**
     * Removes every job and every fire on record, for the next test. An outcome of a job that was leased is then too late.
     * Schedules stay, and fire next when they would have.
     */
    public void clear() {
        steps.whileLocked(() -> {
            contents.places().clear();
            contents.workers().forgetCancellations();
            contents.schedules().forgetFires();
        });
    }

    /** For tests that break the store on purpose. */
    Schedules scheduled() {
        return contents.schedules();
    }

    /** The same. */
    JobPlaces places() {
        return contents.places();
    }
}
