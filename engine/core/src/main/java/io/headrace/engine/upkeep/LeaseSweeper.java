package io.headrace.engine.upkeep;

import io.headrace.Backoff;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.SweepReport;
import io.headrace.spi.WorkerRegistry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Puts the jobs of expired leases back, at start-up and whenever something expires. Every engine has one. Heartbeats ask when
 * that is, so an engine sends no sweep that finds nothing; an interval shorter than the heartbeat's has sweeps of its own, at
 * jittered intervals. While the store may be out of reach it waits for a heartbeat to be answered: until then the silence of
 * others proves nothing.
 */
public final class LeaseSweeper {

    private static final Logger log = LoggerFactory.getLogger(LeaseSweeper.class);

    private static final double JITTER = 0.2;

    /** Engines learn of the same expiry: the first of them sweeps, and the others find little or nothing. */
    private static final Duration APART = Duration.ofSeconds(1);

    private final WorkerRegistry workers;
    private final Registration registration;
    private final StoreContact contact;
    private final Pace pace;
    private final Scheduler scheduler;
    private final Outage outage;
    private final LoopGuard guard;
    private final Runnable takeOver;
    private final Disposable.Swap sweeps = Disposables.swap();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile @Nullable Long toldMillis;

    /**
     * How often to look for what has expired.
     *
     * @param heartbeat the interval of the heartbeats, which ask unless {@code interval} is shorter
     */
    public record Pace(Duration interval, Duration heartbeat) {

        boolean isOwn() {
            return interval.compareTo(heartbeat) < 0;
        }
    }

    /** @param takeOver is run when a sweep has found bulk operations that nobody carries out */
    public LeaseSweeper(
            WorkerRegistry workers,
            Registration registration,
            StoreContact contact,
            Pace pace,
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
        this.pace = pace;
        this.scheduler = scheduler;
    }

    void start() {
        if (pace.isOwn()) {
            Backoff pause = Backoff.fixed(pace.interval).jitter(JITTER);
            sweeps.update(Mono.defer(() -> sweepIn(pause.jittered(1)))
                    .repeat()
                    .subscribe(nothing -> {}, error -> guard.broke("sweeping", error)));
        }
    }

    void stop() {
        sweeps.dispose();
    }

    /** Whether the next heartbeat is to ask when there is something to sweep. */
    boolean asks() {
        if (pace.isOwn()) {
            return false;
        }
        Long told = toldMillis;
        // Of the heartbeats in turn, the one nearest to the interval; seldom one out of turn.
        return told == null
                || scheduler.now(TimeUnit.MILLISECONDS) - told
                        > pace.interval.minus(pace.heartbeat.dividedBy(2)).toMillis();
    }

    /**
     * A heartbeat that asked was answered.
     *
     * @param sweepIn after what time there may be something to sweep; {@code null} if nothing is known that expires
     */
    void told(@Nullable Duration sweepIn) {
        toldMillis = scheduler.now(TimeUnit.MILLISECONDS);
        // A later heartbeat reports what expires later.
        if (sweepIn != null && sweepIn.compareTo(pace.interval) < 0 && !sweeping.get()) {
            long apart = ThreadLocalRandom.current().nextLong(APART.toNanos());
            sweeps.update(sweepIn(sweepIn.plusNanos(apart))
                    .subscribe(nothing -> {}, error -> guard.broke("sweeping", error)));
        }
    }

    private Mono<Void> sweepIn(Duration wait) {
        return Mono.delay(wait, scheduler).then(contact.certain()).then(sweep().onErrorResume(error -> {
            contact.doubt();
            log.atLevel(outage.isAway() ? Level.DEBUG : Level.WARN)
                    .log("A sweep failed; the next sweep runs as scheduled: {}", ErrorText.firstLine(error));
            return Mono.empty();
        }));
    }

    Mono<Void> sweep() {
        return Mono.defer(() -> {
                    sweeping.set(true);
                    return workers.sweep(registration.worker());
                })
                .doFinally(signal -> sweeping.set(false))
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
