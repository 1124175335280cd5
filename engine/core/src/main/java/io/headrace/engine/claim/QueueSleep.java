package io.headrace.engine.claim;

import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * A claimer that knows of nothing due says that it waits, looks once more (a job may have come in between), then sleeps until
 * it is woken, a job it knows of falls due, or the {@link Poller} has found something. After a call that failed it rests instead,
 * and no wake-up ends that.
 *
 * <p>Belongs to the claimer's loop, save what the heartbeat calls.
 */
final class QueueSleep {

    private static final Logger log = LoggerFactory.getLogger(QueueSleep.class);

    private final String queue;
    private final IdleMarks marks;
    private final Scheduler scheduler;
    private final Claimer claimer;
    private final Poller poller;
    private final Sleeper sleeper;
    private final Disposable.Swap dueTimer = Disposables.swap();
    private final Disposable.Swap restTimer = Disposables.swap();
    private volatile boolean stopped;
    private volatile boolean resting;
    private volatile boolean saidIdle;
    private volatile boolean idleSinceBeat;
    /** When a job that was announced in advance is due; {@code null} if none is known. */
    private @Nullable Long announcedMillis;

    private @Nullable Long timerMillis;

    /** Who sleeps. */
    interface Claimer {

        /** Looks whether there is something to claim. */
        void look();

        /** Something was going on meanwhile: there is something to claim, as far as anybody knows. */
        void wake();

        /** A poll has come back. */
        void polled(PollAnswer answer);
    }

    QueueSleep(ClaimTerms terms, ClaimTools tools, Claimer claimer) {
        this.queue = terms.queue();
        this.marks = tools.idleMarks();
        this.scheduler = tools.scheduler();
        this.claimer = claimer;
        this.poller = tools.poller();
        this.sleeper =
                new Sleeper(new PollRequest(queue, terms.kinds().keySet()), terms.pollInterval(), claimer::polled);
        poller.add(sleeper);
    }

    /** A claim brought jobs: more may follow soon. */
    void pollSoon() {
        poller.wakesSoon(sleeper);
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
            marks.add(queue, claimer::look, () -> saidIdle = false);
        }
        poller.sleep(sleeper);
        dueTimer.update(Disposables.disposed());
        timerMillis = null;
        wakeIn(nextDue);
        Long announced = announcedMillis;
        if (announced != null) {
            wakeAt(announced);
        }
    }

    /** The claimer looks itself. */
    void end() {
        poller.wake(sleeper);
    }

    boolean isAsleep() {
        return poller.isAsleep(sleeper);
    }

    /**
     * A job will be due. What is known already to be due earlier comes first, and then tells of this one.
     *
     * @param in after what time
     */
    void announced(Duration in) {
        long at = now() + in.toMillis();
        Long before = announcedMillis;
        if (before == null || at < before) {
            announcedMillis = at;
        }
        if (isAsleep()) {
            wakeAt(at);
        }
    }

    /** Sleeps no longer than this; {@code null} for as long as it may. */
    void wakeIn(@Nullable Duration in) {
        if (in != null) {
            wakeAt(now() + in.toMillis());
        }
    }

    private void wakeAt(long millis) {
        Long before = timerMillis;
        if (before == null || millis < before) {
            timerMillis = millis;
            schedule(dueTimer, Duration.ofMillis(Math.max(0, millis - now())), claimer::look);
        }
    }

    /** What was announced is due, and a claim is about to be made. */
    void announcedIsDue() {
        Long announced = announcedMillis;
        if (announced != null && announced <= now()) {
            announcedMillis = null;
        }
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }

    /** The store is away: no wake-up makes it come back sooner. */
    void rest(int failuresInARow, String what, Throwable error) {
        Duration wait = Poller.STORE_AWAY.jittered(failuresInARow);
        log.atLevel(Outage.isOutage(error) ? Level.DEBUG : Level.WARN)
                .log("{} queue '{}' failed, retrying in {}: {}", what, queue, wait, ErrorText.firstLine(error));
        resting = true;
        schedule(restTimer, wait, () -> {
            resting = false;
            claimer.wake();
        });
    }

    boolean isResting() {
        return resting;
    }

    private void schedule(Disposable.Swap timer, Duration wait, Runnable action) {
        if (!stopped) {
            timer.update(scheduler.schedule(action, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS));
        }
    }

    void stop() {
        stopped = true;
        dueTimer.dispose();
        restTimer.dispose();
        poller.remove(sleeper);
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
}
