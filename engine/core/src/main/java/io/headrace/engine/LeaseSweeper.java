package io.headrace.engine;

import io.headrace.Backoff;
import io.headrace.spi.JobStore;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Puts the jobs of expired leases back, at start-up and at jittered intervals. Every engine has one. */
final class LeaseSweeper {

    private static final Logger log = LoggerFactory.getLogger(LeaseSweeper.class);

    private static final double JITTER = 0.2;

    private final JobStore store;
    private final Backoff pause;
    private final Scheduler scheduler;
    private final LoopGuard guard;
    private final Disposable.Swap sweeps = Disposables.swap();

    LeaseSweeper(JobStore store, Duration interval, Scheduler scheduler, LoopGuard guard) {
        this.guard = guard;
        this.store = store;
        this.pause = Backoff.fixed(interval).jitter(JITTER);
        this.scheduler = scheduler;
    }

    void start() {
        sweeps.update(Mono.defer(() -> Mono.delay(pause.jittered(1), scheduler))
                .then(Mono.defer(this::sweep).onErrorResume(error -> {
                    log.warn("a sweep failed, the next follows: {}", ErrorText.firstLine(error));
                    return Mono.empty();
                }))
                .repeat()
                .subscribe(nothing -> {}, error -> guard.broke("sweeping", error)));
    }

    void stop() {
        sweeps.dispose();
    }

    Mono<Void> sweep() {
        return store.sweep().doOnNext(LeaseSweeper::tell).then();
    }

    private static void tell(SweepReport report) {
        if (!report.isIdle()) {
            log.info(
                    "swept {} silent workers and {} leases: {} jobs went back, {} had no attempt left",
                    report.workers(),
                    report.leases(),
                    report.returned(),
                    report.buried());
        }
    }
}
