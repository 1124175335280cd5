package io.headrace.engine;

import io.headrace.Delivery;
import io.headrace.EngineStatus;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.QueueSettings;
import io.headrace.RetryPolicy;
import io.headrace.engine.claim.ClaimTerms;
import io.headrace.engine.claim.ClaimTools;
import io.headrace.engine.claim.CommitWakes;
import io.headrace.engine.claim.JobClaimer;
import io.headrace.engine.claim.PayloadBudget;
import io.headrace.engine.claim.PayloadReader;
import io.headrace.engine.claim.Reservation;
import io.headrace.engine.claim.Suspects;
import io.headrace.engine.client.ClientSettings;
import io.headrace.engine.client.EnqueueHost;
import io.headrace.engine.client.JobEncoder;
import io.headrace.engine.client.JobEnqueuer;
import io.headrace.engine.client.OperatorDesk;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.observed.ObservedStore;
import io.headrace.engine.observed.Outage;
import io.headrace.engine.run.AttemptClock;
import io.headrace.engine.run.AttemptTools;
import io.headrace.engine.run.DeliveryStream;
import io.headrace.engine.run.HandlerTable;
import io.headrace.engine.run.JobDecoder;
import io.headrace.engine.run.JobRunner;
import io.headrace.engine.run.QueueWorker;
import io.headrace.engine.settle.AttemptLog;
import io.headrace.engine.settle.JobSettler;
import io.headrace.engine.settle.ProgressNotes;
import io.headrace.engine.upkeep.Heartbeat;
import io.headrace.engine.upkeep.LeaseSweeper;
import io.headrace.engine.upkeep.Pruner;
import io.headrace.engine.upkeep.Registration;
import io.headrace.engine.upkeep.StoreContact;
import io.headrace.observe.JobObserver;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobStore;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The engine: its parts, and the order in which they start and stop. */
final class Engine implements JobEngine {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private final LoopGuard guard = new LoopGuard(problem -> fail());
    private final JobStore store;
    private final JobInspector inspector;
    private final Outage outage;
    private final JobObserver observer;
    private final EngineSettings settings;
    private final Scheduler blockingScheduler;
    private final LeaseBook book = new LeaseBook();
    private final Suspects suspects;
    private final StoreContact contact;
    private final Registration registration;
    private final JobSettler settler;
    private final ClaimTools claimTools;
    private final ProgressNotes notes;
    private final JobRunner runner;
    private final AttemptTools tools;
    private final JobClient client;
    private final OperatorDesk operator;
    private final CommitWakes commitWakes;
    private final List<QueueWorker> workers;
    private final Queue<JobClaimer> claimers = new ConcurrentLinkedQueue<>();
    private final Heartbeat heartbeat;
    private final LeaseSweeper sweeper;
    private final Pruner pruner;
    private final ShutdownHook shutdown = new ShutdownHook();
    private final Disposable.Swap wakeUps = Disposables.swap();
    private final AtomicReference<EngineStatus.State> phase = new AtomicReference<>(EngineStatus.State.NEW);
    private final AtomicBoolean ran = new AtomicBoolean();
    private final AtomicReference<@Nullable Mono<Void>> starting = new AtomicReference<>();
    private final AtomicReference<Mono<Void>> stopping = new AtomicReference<>();

    Engine(
            JobStore plain,
            EngineSettings settings,
            JobEncoder encoder,
            ClientSettings clientSettings,
            Scheduler blocking) {
        this.inspector = plain.inspector();
        this.observer = clientSettings.observer();
        this.outage = new Outage(settings.scheduler());
        this.store = ObservedStore.of(plain, observer, outage);
        this.settings = settings;
        this.blockingScheduler = blocking;
        this.suspects = new Suspects(settings.queues().values().stream()
                .mapToInt(QueueSettings::concurrency)
                .sum());
        this.contact = new StoreContact(settings.timing().heartbeat(), settings.scheduler());
        this.registration = new Registration(
                store.workers(),
                settings.name(),
                settings.queues().keySet(),
                settings.timing().expiry(),
                contact);
        OwnHost host = new OwnHost();
        this.operator = new OperatorDesk(store, this::cancelledWhileLeased);
        this.client = new JobEnqueuer(store, encoder, clientSettings, host, operator);
        this.commitWakes = new CommitWakes(host::enqueued, settings.scheduler());
        this.settler = new JobSettler(
                store.leases(), book, registration::worker, observer, new AttemptLog(settings.scheduler()), guard);
        this.claimTools = new ClaimTools(
                store.leases(),
                store.workers(),
                registration::worker,
                book,
                suspects,
                settler,
                new PayloadBudget(settings.payloadBudget()),
                new PayloadReader(store.leases()),
                settings.scheduler(),
                guard);
        this.notes = new ProgressNotes(
                store.leases(), registration::worker, settings.timing().progress(), settings.scheduler(), guard);
        this.tools = new AttemptTools(
                new JobDecoder(settings.codec()),
                settler,
                notes,
                new AttemptClock(observer, settings.scheduler()),
                guard);
        this.runner = new JobRunner(settings.handlers(), tools, settings.threads(), blocking);
        Map<String, ClaimRequest.Terms> kinds =
                settings.handlers().terms(settings.timing().heartbeat());
        this.workers = kinds.isEmpty()
                ? List.of()
                : settings.queues().entrySet().stream()
                        .map(entry -> worker(entry.getKey(), entry.getValue(), kinds))
                        .toList();
        this.heartbeat = new Heartbeat(
                store.workers(),
                registration,
                contact,
                book,
                claimers,
                settings.timing().heartbeat(),
                settings.scheduler(),
                observer,
                guard);
        this.sweeper = new LeaseSweeper(
                store.workers(), registration, contact, settings.timing().sweep(), settings.scheduler(), outage, guard);
        this.pruner = new Pruner(
                store.decisions(),
                settings.timing().failedRetention(),
                settings.timing().completedRetention(),
                settings.scheduler(),
                outage,
                guard);
    }

    private QueueWorker worker(String name, QueueSettings queue, Map<String, ClaimRequest.Terms> kinds) {
        JobClaimer claimer = claimer(name, queue, kinds, Integer.MAX_VALUE);
        claimers.add(claimer);
        return new QueueWorker(claimer, runner, guard, queue.concurrency());
    }

    private JobClaimer claimer(
            String name, QueueSettings queue, Map<String, ClaimRequest.Terms> kinds, int mostDelivered) {
        ClaimTerms terms = new ClaimTerms(
                name,
                kinds,
                queue.prefetch(),
                mostDelivered,
                // As many again whose outcome is on its way, so that handlers need not wait for it.
                2 * queue.concurrency() + queue.prefetch(),
                (queue.concurrency() + queue.prefetch()) / 4,
                queue.pollInterval(),
                settings.timing().heartbeat());
        return new JobClaimer(terms, claimTools);
    }

    @Override
    public EngineStatus status() {
        Map<String, Integer> leased = new HashMap<>();
        settings.queues().keySet().forEach(name -> leased.put(name, 0));
        claimers.forEach(claimer -> leased.merge(claimer.queue(), claimer.leased(), Integer::sum));
        return new EngineStatus(
                Objects.requireNonNull(phase.get()),
                registration.workerText(),
                contact.sinceHeard(),
                settings.timing().heartbeat(),
                settings.timing().expiry(),
                leased,
                guard.problem());
    }

    @Override
    public JobClient client() {
        return client;
    }

    @Override
    public JobOperator operator() {
        return operator;
    }

    /** Its worker may be this one's own. */
    private void cancelledWhileLeased() {
        heartbeat.askNow();
    }

    /** One start for all who ask for it; it goes on if they go, and is forgotten if it fails. */
    @Override
    public Mono<Void> start() {
        return Mono.defer(() -> {
            if (phase.get() == EngineStatus.State.STOPPED || phase.get() == EngineStatus.State.FAILED) {
                return Mono.error(new IllegalStateException(
                        "an engine that has stopped or failed cannot be started again: build another"));
            }
            Mono<Void> mine = registration
                    .register()
                    .then(Mono.defer(sweeper::sweep))
                    .then(Mono.defer(this::run))
                    .onErrorResume(error -> registration
                            .unregister()
                            .onErrorComplete()
                            .doFinally(signal -> starting.set(null))
                            .then(Mono.error(error)))
                    .cache();
            return starting.compareAndSet(null, mine) ? mine : Objects.requireNonNullElse(starting.get(), mine);
        });
    }

    private Mono<Void> run() {
        if (!phase.compareAndSet(EngineStatus.State.NEW, EngineStatus.State.RUNNING)) {
            return Mono.error(new IllegalStateException("the engine was stopped, or failed, while it started"));
        }
        ran.set(true);
        if (settings.stopsOnShutdown()) {
            shutdown.install(() -> stop().block());
        }
        wakeUps.update(store.wakeUps().subscribe(this::wake, error -> guard.broke("listening for wake-ups", error)));
        heartbeat.start();
        sweeper.start();
        pruner.start();
        runner.start();
        workers.forEach(QueueWorker::start);
        observer.started(this::status, inspector);
        log.info(
                "Engine '{}' has started as worker {}: queues {}, kinds {}",
                settings.name(),
                registration.workerText(),
                settings.queues().keySet(),
                settings.handlers().byKind().keySet());
        return Mono.empty();
    }

    /** An empty name means every queue. */
    private void wake(String name) {
        for (JobClaimer claimer : claimers) {
            if (name.isEmpty() || name.equals(claimer.queue())) {
                claimer.wake();
            }
        }
    }

    @Override
    public <T> Flux<Delivery<T>> receive(JobType<T> type, QueueSettings queueSettings, RetryPolicy policy) {
        return Flux.defer(() -> {
            if (phase.get() != EngineStatus.State.RUNNING) {
                return Flux.error(new IllegalStateException("the engine is not running: start() it before receive()"));
            }
            JobHandler<T> terms = JobHandler.<T>of(type, job -> Mono.empty()).retry(policy);
            JobClaimer claimer = claimer(
                    type.queue(),
                    queueSettings,
                    Map.of(
                            type.kind(),
                            HandlerTable.terms(terms, settings.timing().heartbeat())),
                    queueSettings.concurrency());
            claimers.add(claimer);
            if (phase.get() != EngineStatus.State.RUNNING) {
                claimer.stop();
            }
            return new DeliveryStream<>(type, policy, tools)
                    .of(claimer.jobs())
                    .doOnSubscribe(subscription ->
                            claimer.emptied().subscribe(nothing -> {}, error -> {}, () -> claimers.remove(claimer)));
        });
    }

    @Override
    public Mono<Void> stop() {
        return stop(settings.timing().grace());
    }

    @Override
    public Mono<Void> stop(Duration grace) {
        return Mono.defer(() -> {
            Mono<Void> mine = halt(grace).cache();
            return stopping.compareAndSet(null, mine) ? mine : stopping.get();
        });
    }

    /** Nobody can tell what works on in an engine of which a part does not: it stops, and hands back what it has. */
    private void fail() {
        if (phase.getAndUpdate(before -> before == EngineStatus.State.STOPPED ? before : EngineStatus.State.FAILED)
                == EngineStatus.State.STOPPED) {
            return;
        }
        // Not on this thread, which is in the middle of the loop that broke.
        try {
            settings.scheduler().schedule(this::stopAfterFailure);
        } catch (RejectedExecutionException e) {
            stopAfterFailure();
        }
    }

    private void stopAfterFailure() {
        stop().subscribe(
                        nothing -> {},
                        error -> log.error("the failed engine did not stop in order", ErrorText.readable(error)));
    }

    private Mono<Void> halt(Duration grace) {
        return Mono.defer(() -> {
            phase.updateAndGet(before -> before == EngineStatus.State.FAILED ? before : EngineStatus.State.STOPPED);
            if (!ran.get()) {
                end();
                return Mono.empty();
            }
            log.info("Engine '{}' stops: {} jobs are unfinished, the grace is {}", settings.name(), leased(), grace);
            return emptied()
                    .timeout(grace, breakOff(), settings.scheduler())
                    .onErrorResume(error -> {
                        guard.broke("stopping", error);
                        return Mono.empty();
                    })
                    .then(Mono.fromRunnable(this::quit))
                    .then(notes.close())
                    .then(Mono.defer(registration::unregister))
                    .doOnSuccess(nothing -> log.info("Engine '{}' has stopped", settings.name()))
                    .doFinally(signal -> end());
        });
    }

    private void end() {
        blockingScheduler.dispose();
        settings.threads().end();
    }

    private int leased() {
        return claimers.stream().mapToInt(JobClaimer::leased).sum();
    }

    /** Stops the claiming, and completes when all that was leased is settled. */
    private Mono<Void> emptied() {
        return Mono.defer(() -> {
            claimers.forEach(JobClaimer::stop);
            return Flux.fromIterable(claimers).flatMap(JobClaimer::emptied).then();
        });
    }

    /** The grace is over. What the store does not take in another expiry, a sweep will put back. */
    private Mono<Void> breakOff() {
        return Mono.defer(() -> {
                    log.info("The grace is over: {} jobs are cancelled and handed back", leased());
                    book.breakOffAll(Verdict.Released.INSTANCE);
                    return Flux.fromIterable(claimers)
                            .flatMap(JobClaimer::emptied)
                            .then();
                })
                .timeout(settings.timing().expiry(), Mono.fromRunnable(settler::close), settings.scheduler());
    }

    private void quit() {
        shutdown.remove();
        observer.stopped();
        heartbeat.stop();
        sweeper.stop();
        pruner.stop();
        wakeUps.dispose();
        runner.stop();
    }

    /** What the engine's own client does to it. */
    private final class OwnHost implements EnqueueHost {
        @Override
        public long worker() {
            return registration.worker();
        }

        @Override
        public @Nullable Reservation reserve(List<EncodedJob> jobs) {
            for (JobClaimer claimer : claimers) {
                Reservation reserved = claimer.reserve(jobs);
                if (reserved != null) {
                    return reserved;
                }
            }
            return null;
        }

        @Override
        public boolean serves(String name) {
            for (JobClaimer claimer : claimers) {
                if (name.equals(claimer.queue())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void enqueued(String name) {
            claimers.stream()
                    .filter(claimer -> name.equals(claimer.queue()) && !claimer.isPaused())
                    .forEach(JobClaimer::wake);
        }

        @Override
        public void committed(String name) {
            if (claimers.stream().anyMatch(claimer -> name.equals(claimer.queue()))) {
                commitWakes.committed(name);
            }
        }
    }
}
