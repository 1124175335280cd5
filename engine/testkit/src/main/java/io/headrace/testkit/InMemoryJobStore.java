package io.headrace.testkit;

import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobStore;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.WorkerRegistry;
import io.headrace.testkit.memory.enqueue.MemoryIntake;
import io.headrace.testkit.memory.lease.MemoryLeases;
import io.headrace.testkit.memory.operate.MemoryDecisions;
import io.headrace.testkit.memory.operate.MemoryInspector;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.WakeUps;
import io.headrace.testkit.memory.places.Workers;
import io.headrace.testkit.memory.upkeep.MemoryWorkers;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store of jobs that forgets everything with the process: for tests that want no database. It passes the same contract
 * suites as the stores that keep jobs. Beside the contract it shows test authors what it holds ({@link #jobs(JobState)},
 * {@link #enqueued(JobType)}) and runs what is due ({@link #runDue()}).
 *
 * <p>Safe to use from many threads: every call is one step under one lock. Answers and wake-ups come on the thread that
 * subscribed or enqueued, before it returns, so virtual time works. Jobs leave it only when an
 * engine prunes them, their retention over; make a store for each test.
 *
 * <p>Defaults: the system's clock. A {@link ManualClock} makes due times, expiries and deadlines pass at the test's word.
 */
public final class InMemoryJobStore implements JobStore {

    private final JobPlaces places = new JobPlaces();
    private final Workers registered = new Workers();
    private final WakeUps wakeUps = new WakeUps();
    private final Steps steps;
    private final JobIntake intake;
    private final LeaseStore leases;
    private final WorkerRegistry workers;
    private final JobInspector inspector;
    private final JobDecisions decisions;

    private InMemoryJobStore(Clock clock, boolean held) {
        steps = new Steps(clock, places, registered, wakeUps);
        Set<String> paused = new HashSet<>();
        MemoryLeases granting = new MemoryLeases(steps, places, registered, paused, held);
        leases = granting;
        intake = new MemoryIntake(steps, places, granting);
        workers = new MemoryWorkers(steps, places, registered);
        inspector = new MemoryInspector(steps, places, registered, paused, wakeUps);
        decisions = new MemoryDecisions(steps, places, registered, paused, wakeUps);
    }

    /** An empty store on the system's clock. */
    public static InMemoryJobStore create() {
        return create(Clock.systemUTC());
    }

    /**
     * An empty store.
     *
     * @param clock the only clock it goes by; shows {@link JobId#EPOCH} or later
     */
    public static InMemoryJobStore create(Clock clock) {
        return new InMemoryJobStore(clock, false);
    }

    /**
     * An empty store whose jobs are leased at the test's word only: between two calls of {@link #runDue()} everything that is
     * enqueued stays where it can be looked at.
     *
     * @param clock the only clock it goes by; shows {@link JobId#EPOCH} or later
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
    public JobDecisions decisions() {
        return decisions;
    }

    @Override
    public Flux<String> wakeUps() {
        return wakeUps.listen();
    }

    /** The jobs in a state, in the order of their ids. */
    public List<JobSnapshot> jobs(JobState state) {
        return snapshots(job -> job.state() == state);
    }

    /** The jobs of a type that were enqueued, whatever became of them, in the order of their ids. */
    public List<JobSnapshot> enqueued(JobType<?> type) {
        return snapshots(job -> job.content().kind().equals(type.kind()));
    }

    private List<JobSnapshot> snapshots(Predicate<StoredJob> wanted) {
        return steps.locked(() -> places.jobs().values().stream()
                .filter(wanted)
                .map(StoredJob::snapshot)
                .toList());
    }

    /**
     * Lets the engines that run on this store do everything that is due: wakes them, and completes when no job is due and
     * none is leased. Jobs due later stay, retries among them: move the clock, however far, and run again; the engines
     * are taken to have been alive all the while. Completes at once if there is nothing to do, and not at all while a
     * job is due that no running engine handles, so give it a timeout. Cancelling stops the waiting, not the jobs.
     *
     * @return completes on the thread that recorded the last outcome
     */
    public Mono<Void> runDue() {
        return steps.untilIdle();
    }

    /** Forgets every job, for the next test. Whoever has one leased is answered that it is late. */
    public void clear() {
        steps.whileLocked(() -> {
            places.clear();
            registered.forgetCancellations();
        });
    }

    /** For tests that break the store on purpose. */
    JobPlaces places() {
        return places;
    }
}
