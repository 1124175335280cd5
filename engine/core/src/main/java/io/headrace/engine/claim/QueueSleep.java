package io.headrace.engine.claim;

import io.headrace.Backoff;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.WorkerRegistry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * A claimer that knows of nothing due says that it waits, looks once more (a job may have come in between), then sleeps until
 * it is woken, a job it knows of falls due, or the poll interval has passed. After a call that failed it rests instead, and no
 * wake-up ends that.
 *
 * <p>Belongs to the claimer's loop, save what the heartbeat calls.
 */
final class QueueSleep {

    private static final Logger log = LoggerFactory.getLogger(QueueSleep.class);

    private static final int FIRST_POLL_PART = 16;
    private static final Backoff STORE_AWAY = Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(5))
            .jitter(0.2);

    private final String queue;
    private final Duration pollInterval;
    private final WorkerRegistry workers;
    private final LongSupplier worker;
    private final Scheduler scheduler;
    private final Claimer claimer;
    private final Disposable.Swap timer = Disposables.swap();
    private volatile boolean stopped;
    private volatile boolean resting;
    private volatile boolean saidIdle;
    private volatile boolean idleSinceBeat;
    private Duration nextPoll;

    /** Who sleeps. */
    interface Claimer {

        /** Looks whether there is something to claim. */
        void look();

        /** Something was going on meanwhile: there is something to claim, as far as anybody knows. */
        void wake();
    }

    QueueSleep(ClaimTerms terms, WorkerRegistry workers, LongSupplier worker, Scheduler scheduler, Claimer claimer) {
        this.queue = terms.queue();
        this.pollInterval = terms.pollInterval();
        this.workers = workers;
        this.worker = worker;
        this.scheduler = scheduler;
        this.claimer = claimer;
        this.nextPoll = firstPoll();
    }

    private Duration firstPoll() {
        return pollInterval.dividedBy(FIRST_POLL_PART);
    }

    /** A claim brought jobs: more may follow soon. */
    void pollSoon() {
        nextPoll = firstPoll();
    }

    /**
     * Nothing more is due. Does nothing once it is stopped.
     *
     * @param nextDue after what time something is; {@code null} if that is not known
     * @param wakeable whether a wake-up is wanted
     */
    void begin(@Nullable Duration nextDue, boolean wakeable) {
        if (stopped) {
            return;
        }
        idleSinceBeat = true;
        if (!saidIdle && wakeable) {
            saidIdle = true;
            workers.markIdle(worker.getAsLong(), queue)
                    .subscribe(nothing -> {}, error -> saidIdle = false, claimer::look);
        }
        double jitter = 1 + 0.1 * ThreadLocalRandom.current().nextDouble(-1, 1);
        Duration wait = Duration.ofNanos((long) (nextPoll.toNanos() * jitter));
        nextPoll = min(nextPoll.multipliedBy(2), pollInterval);
        schedule(nextDue == null ? wait : min(nextDue, wait), claimer::look);
    }

    /** The store is away: no wake-up makes it come back sooner. */
    void rest(int failuresInARow, String what, Throwable error) {
        Duration wait = STORE_AWAY.jittered(failuresInARow);
        log.atLevel(Outage.isOutage(error) ? Level.DEBUG : Level.WARN)
                .log("{} queue '{}' failed, retrying in {}: {}", what, queue, wait, ErrorText.firstLine(error));
        resting = true;
        schedule(wait, () -> {
            resting = false;
            claimer.wake();
        });
    }

    boolean isResting() {
        return resting;
    }

    private void schedule(Duration wait, Runnable action) {
        if (!stopped) {
            timer.update(scheduler.schedule(action, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS));
        }
    }

    void stop() {
        stopped = true;
        timer.dispose();
    }

    /** Wake-ups are not wanted any more. */
    void waitNoLonger() {
        saidIdle = false;
    }

    /** Whether the store knows, or is about to, that wake-ups are wanted. */
    boolean isWaiting() {
        return saidIdle;
    }

    /** A heartbeat told the store so or not: a wait that began while it was on its way is told anew. */
    void told(boolean idle) {
        if (saidIdle && !idle) {
            saidIdle = false;
            claimer.wake();
        }
    }

    /** A heartbeat is about to say whether wake-ups are wanted: not by who has been busy since the one before. */
    void beat(BooleanSupplier idleNow) {
        if (!idleSinceBeat) {
            saidIdle = false;
        }
        idleSinceBeat = idleNow.getAsBoolean();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
