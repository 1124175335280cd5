package io.headrace.engine.upkeep;

import io.headrace.Backoff;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.JobDecisions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Forgets what its retention has passed, tombstones and completed jobs, at start-up and then every minute or so. A prune that
 * fails is tried again with the next, and the one does not keep the other from being made.
 */
public final class Pruner {

    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    private static final Backoff PAUSE = Backoff.fixed(Duration.ofMinutes(1)).jitter(0.2);

    private final JobDecisions decisions;
    private final Duration failedRetention;
    private final Duration completedRetention;
    private final Scheduler scheduler;
    private final Outage outage;
    private final LoopGuard guard;
    private final Disposable.Swap prunes = Disposables.swap();

    public Pruner(
            JobDecisions decisions,
            Duration failedRetention,
            Duration completedRetention,
            Scheduler scheduler,
            Outage outage,
            LoopGuard guard) {
        this.outage = outage;
        this.guard = guard;
        this.decisions = decisions;
        this.failedRetention = failedRetention;
        this.completedRetention = completedRetention;
        this.scheduler = scheduler;
    }

    void start() {
        prunes.update(tombstones()
                .then(completed())
                .then(Mono.defer(() -> Mono.delay(PAUSE.jittered(1), scheduler)))
                .repeat()
                .subscribe(nothing -> {}, error -> guard.broke("pruning", error)));
    }

    void stop() {
        prunes.dispose();
    }

    /** A chunk at a time, until none is left. */
    private Mono<Void> tombstones() {
        return Mono.defer(() -> decisions.prune(failedRetention))
                .doOnNext(pruned -> {
                    if (pruned > 0) {
                        log.info("Pruned {} tombstones older than {}", pruned, failedRetention);
                    }
                })
                .repeat()
                .takeUntil(pruned -> pruned == 0)
                .then()
                .onErrorResume(this::tryAgain);
    }

    private Mono<Void> completed() {
        return Mono.defer(() -> decisions.pruneCompleted(completedRetention))
                .doOnNext(forgotten -> {
                    if (forgotten > 0) {
                        log.info("Pruned {} completed jobs older than {}", forgotten, completedRetention);
                    }
                })
                .then()
                .onErrorResume(this::tryAgain);
    }

    private Mono<Void> tryAgain(Throwable error) {
        log.atLevel(outage.isAway() ? Level.DEBUG : Level.WARN)
                .log("Pruning failed, retrying in a minute: {}", ErrorText.firstLine(error));
        return Mono.empty();
    }
}
