package io.headrace.engine.upkeep;

import io.headrace.Backoff;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.BulkStore;
import io.headrace.spi.JobDecisions;
import io.headrace.spi.OperatorLog;
import io.headrace.spi.SignalStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Prunes what is past its retention: tombstones at start-up and then about every minute, completed jobs and signals every five minutes,
 * decisions of operators every hour. What fails is tried again in the next round, and so are completed jobs if some were found.
 * A failure of the one does not keep the other from being pruned.
 */
public final class Pruner {

    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    private static final Backoff PAUSE = Backoff.fixed(Duration.ofMinutes(1)).jitter(0.2);

    /** Completed jobs go segment by segment, and a segment is an hour or more. */
    private static final int ROUNDS_PER_SEGMENT_LOOK = 5;

    /** Of the rounds, each about a minute: the log is short, and nobody minds an hour. */
    private static final int ROUNDS_PER_LOG = 60;

    private final JobDecisions decisions;
    private final OperatorLog operatorLog;
    private final BulkStore bulk;
    private final SignalStore signals;
    private final Retentions retentions;
    private final Scheduler scheduler;
    private final Outage outage;
    private final LoopGuard guard;
    private final Disposable.Swap prunes = Disposables.swap();
    private int round;
    private boolean completedAgain;

    /** How long things are kept. */
    public record Retentions(Duration failed, Duration completed, Duration decisions, Duration signals) {}

    public Pruner(
            JobDecisions decisions,
            OperatorLog operatorLog,
            BulkStore bulk,
            SignalStore signals,
            Retentions retentions,
            Scheduler scheduler,
            Outage outage,
            LoopGuard guard) {
        this.outage = outage;
        this.guard = guard;
        this.decisions = decisions;
        this.operatorLog = operatorLog;
        this.bulk = bulk;
        this.signals = signals;
        this.retentions = retentions;
        this.scheduler = scheduler;
    }

    void start() {
        prunes.update(tombstones()
                .then(Mono.defer(
                        () -> completedAgain || round % ROUNDS_PER_SEGMENT_LOOK == 0 ? completed() : Mono.empty()))
                .then(Mono.defer(() -> round % ROUNDS_PER_SEGMENT_LOOK == 0 ? oldSignals() : Mono.empty()))
                .then(Mono.defer(() -> round++ % ROUNDS_PER_LOG == 0 ? decisionsMade() : Mono.empty()))
                .then(Mono.defer(() -> Mono.delay(PAUSE.jittered(1), scheduler)))
                .repeat()
                .subscribe(nothing -> {}, error -> guard.broke("pruning", error)));
    }

    void stop() {
        prunes.dispose();
    }

    /** A chunk at a time, until none is left. */
    private Mono<Void> tombstones() {
        return Mono.defer(() -> decisions.prune(retentions.failed()))
                .doOnNext(pruned -> {
                    if (pruned > 0) {
                        log.info("Pruned {} tombstones older than {}", pruned, retentions.failed());
                    }
                })
                .repeat()
                .takeUntil(pruned -> pruned == 0)
                .then()
                .onErrorResume(this::tryAgain);
    }

    private Mono<Void> completed() {
        return Mono.defer(() -> decisions.pruneCompleted(retentions.completed()))
                .doOnNext(forgotten -> {
                    completedAgain = forgotten > 0;
                    if (forgotten > 0) {
                        log.info("Pruned {} completed jobs older than {}", forgotten, retentions.completed());
                    }
                })
                .then()
                .onErrorResume(error -> {
                    completedAgain = true;
                    return tryAgain(error);
                });
    }

    private Mono<Void> oldSignals() {
        return Mono.defer(() -> signals.prune(retentions.signals()))
                .repeat()
                .takeUntil(pruned -> pruned == 0)
                .then()
                .onErrorResume(this::tryAgain);
    }

    private Mono<Void> decisionsMade() {
        return Mono.defer(() -> operatorLog.prune(retentions.decisions()))
                .repeat()
                .takeUntil(pruned -> pruned == 0)
                .then(Mono.defer(() -> bulk.prune(retentions.decisions())))
                .then()
                .onErrorResume(this::tryAgain);
    }

    private Mono<Void> tryAgain(Throwable error) {
        log.atLevel(outage.isAway() ? Level.DEBUG : Level.WARN)
                .log("Pruning failed, retrying in a minute: {}", ErrorText.firstLine(error));
        return Mono.empty();
    }
}
