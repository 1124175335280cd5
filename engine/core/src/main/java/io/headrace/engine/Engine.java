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
import io.headrace.engine.claim.Claimers;
import io.headrace.engine.claim.JobClaimer;
import io.headrace.engine.client.ClientSettings;
import io.headrace.engine.client.JobEncoder;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.run.DeliveryStream;
import io.headrace.engine.run.HandlerTable;
import io.headrace.engine.run.QueueWorker;
import io.headrace.spi.JobStore;
import io.headrace.spi.Verdict;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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

/** The engine: the order in which its {@linkplain EngineParts parts} start and stop. */
final class Engine implements JobEngine {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private final LoopGuard guard = new LoopGuard(problem -> fail());
    private final EngineSettings settings;
    private final EngineParts parts;
    private final Scheduler blockingScheduler;
    private final ShutdownHook shutdown = new ShutdownHook();
    private final Disposable.Swap wakeUps = Disposables.swap();
    private final AtomicReference<EngineStatus.State> phase = new AtomicReference<>(EngineStatus.State.NEW);
    private final AtomicBoolean ran = new AtomicBoolean();
    private final AtomicReference<@Nullable Mono<Void>> starting = new AtomicReference<>();
    private final AtomicReference<Mono<Void>> stopping = new AtomicReference<>();

    Engine(
            JobStore store,
            EngineSettings settings,
            JobEncoder encoder,
            ClientSettings clientSettings,
            Scheduler blocking) {
        this.settings = settings;
        this.blockingScheduler = blocking;
        this.parts = EngineParts.of(store, settings, encoder, clientSettings, blocking, guard);
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                Objects.requireNonNull(phase.get()),
                parts.upkeep().workerText(),
                parts.upkeep().sinceHeard(),
                settings.timing().heartbeat(),
                settings.timing().expiry(),
                parts.claimers().leasedFrom(settings.queues().keySet()),
                guard.problem());
    }

    @Override
    public JobClient client() {
        return parts.client();
    }

    @Override
    public JobOperator operator() {
        return parts.operator();
    }

    /** One start for all who ask for it; it goes on if they go, and is forgotten if it fails. */
    @Override
    public Mono<Void> start() {
        return Mono.defer(() -> {
            if (phase.get() == EngineStatus.State.STOPPED || phase.get() == EngineStatus.State.FAILED) {
                return Mono.error(new IllegalStateException(
                        "An engine that has stopped or failed cannot be restarted. Build a new one"));
            }
            Mono<Void> mine = parts.upkeep()
                    .register()
                    .then(Mono.defer(parts.schedules()::declare))
                    .then(Mono.defer(this::run))
                    .onErrorResume(error -> parts.upkeep()
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
            return Mono.error(new IllegalStateException("The engine was stopped, or failed, while starting"));
        }
        ran.set(true);
        if (settings.stopsOnShutdown()) {
            shutdown.install(() -> stop().block());
        }
        JobStore store = parts.store();
        wakeUps.update(store.wakeUps().subscribe(this::heard, error -> guard.broke("listening for wake-ups", error)));
        parts.upkeep().start();
        parts.runner().start();
        parts.workers().forEach(QueueWorker::start);
        parts.schedules().start();
        parts.observer().started(this::status, store.inspector());
        log.info(
                "Engine '{}' started as worker {}: queues {}, kinds {}",
                settings.name(),
                parts.upkeep().workerText(),
                settings.queues().keySet(),
                settings.handlers().byKind().keySet());
        return Mono.empty();
    }

    private void heard(WakeUp wakeUp) {
        parts.claimers().heard(wakeUp);
        parts.awaits().heard(wakeUp);
    }

    @Override
    public <T> Flux<Delivery<T>> receive(JobType<T> type, QueueSettings queueSettings, RetryPolicy policy) {
        return Flux.defer(() -> {
            if (phase.get() != EngineStatus.State.RUNNING) {
                return Flux.error(
                        new IllegalStateException("The engine is not running. Call start() before receive()"));
            }
            JobHandler<T> terms = JobHandler.<T>of(type, job -> Mono.empty()).retry(policy);
            Claimers claimers = parts.claimers();
            JobClaimer claimer = claimers.add(
                    type.queue(),
                    queueSettings,
                    Map.of(
                            type.kind(),
                            HandlerTable.terms(terms, settings.timing().heartbeat())),
                    queueSettings.concurrency());
            if (phase.get() != EngineStatus.State.RUNNING) {
                claimer.stop();
            }
            return new DeliveryStream<>(type, policy, parts.attempts())
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
                        error -> log.error("The failed engine did not stop cleanly", ErrorText.readable(error)));
    }

    private Mono<Void> halt(Duration grace) {
        return Mono.defer(() -> {
            phase.updateAndGet(before -> before == EngineStatus.State.FAILED ? before : EngineStatus.State.STOPPED);
            if (!ran.get()) {
                end();
                return Mono.empty();
            }
            log.info(
                    "Engine '{}' is stopping: {} jobs are unfinished, grace period {}",
                    settings.name(),
                    parts.claimers().leased(),
                    grace);
            parts.schedules().stop();
            parts.bulk().stop();
            return parts.claimers()
                    .stop()
                    .timeout(grace, breakOff(), settings.scheduler())
                    .onErrorResume(error -> {
                        guard.broke("stopping", error);
                        return Mono.empty();
                    })
                    .then(Mono.fromRunnable(this::quit))
                    .then(parts.notes().close())
                    .then(Mono.defer(parts.upkeep()::unregister))
                    .doOnSuccess(nothing -> log.info("Engine '{}' stopped", settings.name()))
                    .doFinally(signal -> end());
        });
    }

    private void end() {
        settings.threads().end(blockingScheduler);
    }

    /** The grace is over. What the store does not take in another expiry, a sweep will put back. */
    private Mono<Void> breakOff() {
        return Mono.defer(() -> {
                    log.info(
                            "The grace period is over: cancelling and releasing {} jobs",
                            parts.claimers().leased());
                    parts.book().breakOffAll(Verdict.Released.INSTANCE);
                    return parts.claimers().emptied();
                })
                .timeout(settings.timing().expiry(), Mono.fromRunnable(this::giveUp), settings.scheduler());
    }

    private void giveUp() {
        parts.settler().close();
        parts.attempts().steps().close();
    }

    private void quit() {
        parts.attempts().steps().close();
        shutdown.remove();
        parts.observer().stopped();
        parts.upkeep().stop();
        wakeUps.dispose();
        parts.awaits().heard(WakeUp.Silence.INSTANCE);
        parts.runner().stop();
    }
}
