package io.headrace.testkit;

import io.headrace.AuditReport;
import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobTotals;
import io.headrace.JobType;
import io.headrace.JobUpdate;
import io.headrace.QueueSnapshot;
import io.headrace.RetryReport;
import io.headrace.WorkerSnapshot;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobIntake;
import io.headrace.spi.JobStore;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.QueueDepth;
import io.headrace.spi.Settlement;
import io.headrace.spi.StoreHealth;
import io.headrace.spi.SweepReport;
import io.headrace.spi.WorkerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

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

    private final Object lock = new Object();
    private final Clock clock;
    private final boolean held;
    private final IdBlocks blocks = new IdBlocks();
    private final JobPlaces places = new JobPlaces();
    private final Map<Long, Worker> workers = new HashMap<>();
    private final WakeUps wakeUps = new WakeUps();
    private final JobIntake intake = new Intake();
    private final LeaseStore leases = new Leases();
    private final WorkerRegistry registry = new Registry();
    private final JobInspector inspector = new Inspector();
    private final JobDecisions decisions = new Decisions();
    private final Map<Long, Set<Long>> cancellations = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final SplittableRandom workerIds = new SplittableRandom();
    private final List<MonoSink<Void>> awaitingIdle = new CopyOnWriteArrayList<>();
    private long lastLease;

    private InMemoryJobStore(Clock clock, boolean held) {
        this.clock = clock;
        this.held = held;
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

    /** The jobs in a state, in the order of their ids. */
    public List<JobSnapshot> jobs(JobState state) {
        return snapshots(job -> job.state() == state);
    }

    /** The jobs of a type that were enqueued, whatever became of them, in the order of their ids. */
    public List<JobSnapshot> enqueued(JobType<?> type) {
        return snapshots(job -> job.content().kind().equals(type.kind()));
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
        return Mono.create(sink -> {
            awaitingIdle.add(sink);
            sink.onDispose(() -> awaitingIdle.remove(sink));
            keepWorkersAlive();
            wakeUps.announce(Set.of(WakeUps.EVERY_QUEUE));
            idleNow().forEach(MonoSink::success);
        });
    }

    /** Forgets every job, for the next test. Whoever has one leased is answered that it is late. */
    public void clear() {
        synchronized (lock) {
            places.clear();
            cancellations.clear();
        }
    }

    private Claim lease(ClaimRequest request, Instant now) {
        if (paused.contains(request.queue())) {
            return Claim.ofPausedQueue();
        }
        Worker worker = workers.get(request.worker());
        return worker == null || worker.isSilent(now) || (held && awaitingIdle.isEmpty())
                ? Claim.nothing()
                : new ClaimStep(places, request, () -> ++lastLease, now).run();
    }

    @Override
    public Flux<String> wakeUps() {
        return wakeUps.listen();
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
        return registry;
    }

    @Override
    public JobInspector inspector() {
        return inspector;
    }

    @Override
    public JobDecisions decisions() {
        return decisions;
    }

    /** For tests that break the store on purpose. */
    JobPlaces places() {
        return places;
    }

    private void keepWorkersAlive() {
        synchronized (lock) {
            Instant now = clock.instant();
            workers.values().forEach(worker -> worker.keepAlive(now));
        }
    }

    private List<JobSnapshot> snapshots(Predicate<StoredJob> wanted) {
        synchronized (lock) {
            return places.jobs().values().stream()
                    .filter(wanted)
                    .map(StoredJob::snapshot)
                    .toList();
        }
    }

    private @Nullable JobSnapshot snapshot(JobId id) {
        synchronized (lock) {
            StoredJob job = places.jobs().get(id.value());
            return job == null || places.pruned().contains(job.id()) ? null : job.snapshot();
        }
    }

    private <T> Mono<T> step(Function<Instant, T> work) {
        return step(0, work);
    }

    /**
     * Does work under the lock at one moment, then, outside of it, tells those who wait for what it brought about.
     *
     * @param by the worker that needs no wake-up, 0 for none
     */
    private <T> Mono<T> step(long by, Function<Instant, T> work) {
        return Mono.fromSupplier(() -> {
            T answer;
            Set<String> toWake;
            synchronized (lock) {
                answer = work.apply(clock.instant());
                toWake = queuesToWake(by);
            }
            List<MonoSink<Void>> idle = idleNow();
            wakeUps.announce(toWake);
            idle.forEach(MonoSink::success);
            return answer;
        });
    }

    private Set<String> queuesToWake(long by) {
        return places.takeQueuesWithNewlyDue().stream()
                .filter(queue -> workers.entrySet().stream()
                        .anyMatch(worker ->
                                worker.getKey() != by && worker.getValue().isWaitingOn(queue)))
                .collect(Collectors.toSet());
    }

    /** Who waits for the store to be idle, if it is. Taken under the lock: whoever comes later waits for what came later. */
    private List<MonoSink<Void>> idleNow() {
        synchronized (lock) {
            if (awaitingIdle.isEmpty() || !places.isIdle(clock.instant())) {
                return List.of();
            }
            List<MonoSink<Void>> idle = List.copyOf(awaitingIdle);
            // Here and now: what is enqueued from now on is not for those who asked before.
            awaitingIdle.removeAll(idle);
            return idle;
        }
    }

    private final class Intake implements JobIntake {

        @Override
        public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
            return step(by, now -> new EnqueueStep(places, blocks, now).run(jobs));
        }

        @Override
        public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
            return step(request.worker(), now -> {
                request.requireTakes(jobs);
                boolean olderIsDue = places.pendingIn(request.queue()).stream()
                        .anyMatch(job -> job.isDue(now)
                                && request.kinds().containsKey(job.content().kind()));
                List<Enqueued> answers = new EnqueueStep(places, blocks, now).run(jobs);
                return new EnqueuedClaim(
                        answers, olderIsDue ? List.of() : lease(request, now).jobs());
            });
        }
    }

    private final class Leases implements LeaseStore {

        @Override
        public Mono<Claim> claim(ClaimRequest request) {
            return step(now -> lease(request, now));
        }

        @Override
        public Mono<List<Payload>> payloads(List<PayloadRequest> requests) {
            return step(now -> {
                List<Payload> payloads = new ArrayList<>();
                for (PayloadRequest request : requests) {
                    StoredJob job = places.jobs().get(request.job());
                    if (job != null) {
                        payloads.add(job.payload(request));
                    }
                }
                return payloads;
            });
        }

        @Override
        public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
            return step(worker, now -> new SettleStep(places, worker, now).run(settlements));
        }

        @Override
        public Mono<Void> note(long worker, List<ProgressNote> notes) {
            return step(now -> {
                        notes.forEach(note -> note(worker, note));
                        return worker;
                    })
                    .then();
        }

        private void note(long worker, ProgressNote note) {
            Lease lease = places.leases().get(note.lease());
            if (lease == null || lease.worker() != worker || !lease.jobs().containsKey(note.job())) {
                return;
            }
            if (note.progress() == null) {
                places.progress().remove(note.job());
            } else {
                places.progress().put(note.job(), note.progress());
            }
        }
    }

    private final class Registry implements WorkerRegistry {

        @Override
        public Mono<Long> register(String name, Set<String> queues, Duration expiry, boolean wasAway) {
            return step(now -> {
                // Whoever lives knows whether the store was within reach; a process that has just started does not.
                Instant heardSince = wasAway
                        ? now
                        : workers.values().stream()
                                .filter(worker -> !worker.isSilent(now))
                                .map(Worker::heardSince)
                                .max(Comparator.naturalOrder())
                                .orElse(Instant.MIN);
                long id = workerIds.nextLong(1, Long.MAX_VALUE);
                workers.put(id, new Worker(name, queues, now, expiry, heardSince));
                return id;
            });
        }

        @Override
        public Mono<HeartbeatReply> heartbeat(HeartbeatRequest request) {
            return step(now -> {
                long worker = request.worker();
                Worker known = workers.get(worker);
                if (known != null) {
                    known.beat(now, request);
                    places.currentLeases().stream()
                            .filter(lease -> lease.worker() == worker
                                    && !request.leases().contains(lease.id()))
                            .filter(lease -> lease.leasedAt().isBefore(now.minus(request.expiry())))
                            .forEach(lease -> handBack(lease, now));
                }
                Set<Long> lost = new HashSet<>(request.leases());
                lost.removeIf(id -> isHeld(id, worker));
                Set<Long> cancelled = cancellations.getOrDefault(worker, Set.of());
                if (!cancelled.isEmpty()) {
                    cancelled.removeAll(request.heeded());
                }
                return new HeartbeatReply(known != null, lost, cancelled);
            });
        }

        @Override
        public Mono<Void> unregister(long worker) {
            return step(now -> {
                        workers.remove(worker);
                        cancellations.remove(worker);
                        places.currentLeases().stream()
                                .filter(lease -> lease.worker() == worker)
                                .forEach(lease -> handBack(lease, now));
                        return worker;
                    })
                    .then();
        }

        @Override
        public Mono<Void> markWaiting(long worker, String queue) {
            return step(now -> {
                        Worker known = workers.get(worker);
                        if (known != null) {
                            known.waitOn(queue);
                        }
                        return worker;
                    })
                    .then();
        }

        @Override
        public Mono<SweepReport> sweep(long worker) {
            return step(now -> {
                SweepReport report = new SweepStep(places, workers, worker, now).run();
                cancellations.keySet().retainAll(workers.keySet());
                return report;
            });
        }

        private boolean isHeld(long lease, long worker) {
            Lease held = places.leases().get(lease);
            return held != null && held.worker() == worker;
        }

        private void handBack(Lease lease, Instant now) {
            for (StoredJob job : List.copyOf(lease.jobs().values())) {
                job.uncharge();
                places.putBack(lease, job, job.runAt(), now);
            }
        }
    }

    private final class Inspector implements JobInspector {

        @Override
        public Mono<JobSnapshot> find(JobId id) {
            return findWithTraces(id).map(JobSnapshot::withoutTraces);
        }

        @Override
        public Mono<JobSnapshot> findWithTraces(JobId id) {
            return Mono.fromSupplier(() -> snapshot(id));
        }

        @Override
        public Flux<JobUpdate> look(Set<JobId> ids) {
            return step(now -> look(now).at(ids)).flatMapIterable(updates -> updates);
        }

        @Override
        public Flux<QueueSnapshot> queues() {
            return step(now -> look(now).queues(paused)).flatMapIterable(queues -> queues);
        }

        @Override
        public Flux<WorkerSnapshot> workers() {
            return step(now -> look(now).workers()).flatMapIterable(all -> all);
        }

        @Override
        public Flux<String> servedQueues() {
            return workers()
                    .filter(worker -> !worker.isSilent())
                    .flatMapIterable(WorkerSnapshot::queues)
                    .distinct();
        }

        private LookStep look(Instant now) {
            return new LookStep(places, workers, now);
        }

        @Override
        public Flux<JobTotals> totals() {
            return step(now -> TotalsCount.of(places)).flatMapIterable(totals -> totals);
        }

        @Override
        public Mono<AuditReport> audit() {
            return step(now -> PlacesAudit.of(places));
        }

        @Override
        public Flux<QueueDepth> depths() {
            return step(now -> DepthCount.of(places, now)).flatMapIterable(depths -> depths);
        }

        @Override
        public Mono<StoreHealth> health() {
            return Mono.fromSupplier(() -> new StoreHealth("in memory", null, wakeUps.health()));
        }
    }

    private final class Decisions implements JobDecisions {

        @Override
        public Mono<CancelAnswer> cancel(JobId id) {
            return step(now -> decide(now).cancel(id));
        }

        @Override
        public Mono<Void> pause(String queue) {
            return step(now -> paused.add(queue)).then();
        }

        @Override
        public Mono<Void> resume(String queue) {
            return step(now -> paused.remove(queue))
                    .doOnNext(wasPaused -> wakeUps.announce(Set.of(queue)))
                    .then();
        }

        @Override
        public Mono<RetryReport> retryFailed(FailedJobs which) {
            return step(now -> decide(now).retry(which));
        }

        @Override
        public Mono<DiscardReport> discard(FailedJobs which) {
            return step(now -> decide(now).discard(which));
        }

        @Override
        public Mono<Long> prune(Duration retention) {
            return step(now -> decide(now).prune(retention));
        }

        @Override
        public Mono<Long> pruneCompleted(Duration retention) {
            return step(now -> decide(now).pruneCompleted(retention));
        }

        private DecideStep decide(Instant now) {
            return new DecideStep(places, cancellations, now);
        }
    }
}
