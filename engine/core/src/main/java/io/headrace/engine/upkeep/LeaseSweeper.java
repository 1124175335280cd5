package io.headrace.engine.upkeep;

import io.headrace.Backoff;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.SweepReport;
import io.headrace.spi.WorkerRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Puts the jobs of expired leases back, at start-up and at jittered intervals. Every engine has one. While the store may be out
 * of reach it waits for a heartbeat to be answered: until then the silence of others proves nothing.
 */
public final class LeaseSweeper {

    private static final Logger log = LoggerFactory.getLogger(LeaseSweeper.class);

    private static final double JITTER = 0.2;

    private final WorkerRegistry workers;
    private final Registration registration;
    private final StoreContact contact;
    private final Backoff pause;
    private final Scheduler scheduler;
    private final Outage outage;
    private final LoopGuard guard;
    private final Runnable takeOver;
    private final Disposable.Swap sweeps = Disposables.swap();

    /** @param takeOver is run when a sweep has found bulk operations that nobody carries out */
    public LeaseSweeper(
            WorkerRegistry workers,
            Registration registration,
            StoreContact contact,
            Duration interval,
            Scheduler scheduler,
            Outage outage,
            LoopGuard guard,
            Runnable takeOver) {
        this.takeOver = takeOver;
        this.outage = outage;
        this.guard = guard;
        this.workers = workers;
        this.registration = registration;
        this.contact = contact;
        this.pause = Backoff.fixed(interval).jitter(JITTER);
        this.scheduler = scheduler;
    }

    void start() {
        sweeps.update(Mono.defer(() -> Mono.delay(pause.jittered(1), scheduler))
                .then(contact.certain())
                .then(sweep().onErrorResume(error -> {
                    contact.doubt();
                    log.atLevel(outage.isAway() ? Level.DEBUG : Level.WARN)
                            .log("A sweep failed; the next sweep runs as scheduled: {}", ErrorText.firstLine(error));
                    return Mono.empty();
                }))
                .repeat()
                .subscribe(nothing -> {}, error -> guard.broke("sweeping", error)));
    }

    void stop() {
        sweeps.dispose();
    }

    Mono<Void> sweep() {
        return Mono.defer(() -> workers.sweep(registration.worker()))
                .doOnNext(this::heed)
                .then();
    }

    private void heed(SweepReport report) {
        if (report.hasOrphans()) {
            takeOver.run();
        }
        tell(report);
    }

    private static void tell(SweepReport report) {
        if (!report.isIdle()) {
            log.info(
                    "Swept {} silent workers and {} expired leases: {} jobs are pending again, {} had no attempts left and failed",
                    report.workers(),
                    report.leases(),
                    report.returned(),
                    report.buried());
        }
    }
}
