package io.headrace.engine.run;

import io.headrace.BatchSettings;
import io.headrace.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** The jobs of one kind, from one queue, that wait for others until they leave for a call together. Thread-safe. */
final class Gatherer {

    private final BatchSettings settings;
    private final Scheduler timers;
    private final Consumer<List<BatchedJob>> call;
    private List<BatchedJob> waiting = new ArrayList<>();
    private long round;
    private @Nullable Disposable timer;

    /** @param call takes those that leave; at least one */
    Gatherer(BatchSettings settings, Scheduler timers, Consumer<List<BatchedJob>> call) {
        this.settings = settings;
        this.timers = timers;
        this.call = call;
    }

    synchronized int size() {
        return waiting.size();
    }

    void add(BatchedJob job) {
        boolean first;
        boolean full;
        long here;
        synchronized (this) {
            waiting.add(job);
            first = waiting.size() == 1;
            full = waiting.size() >= settings.most();
            here = round;
        }
        if (full) {
            leave(here);
        } else if (first && !settings.longestWait().isZero()) {
            leaveLater(here);
        }
    }

    private void leaveLater(long here) {
        try {
            Disposable scheduled =
                    timers.schedule(() -> leave(here), settings.longestWait().toNanos(), TimeUnit.NANOSECONDS);
            synchronized (this) {
                if (round == here) {
                    timer = scheduled;
                    return;
                }
            }
            scheduled.dispose();
        } catch (RejectedExecutionException e) {
            // There is no more time to wait.
            leave(here);
        }
    }

    /** One of those that wait was broken off. */
    synchronized void remove(BatchedJob job) {
        if (waiting.remove(job) && waiting.isEmpty()) {
            beginNextRound();
        }
    }

    /** All that came together is here. */
    void allCame() {
        if (settings.longestWait().isZero()) {
            leave();
        }
    }

    void leave() {
        List<BatchedJob> leaving;
        synchronized (this) {
            leaving = take();
        }
        call(leaving);
    }

    private void leave(long asOf) {
        List<BatchedJob> leaving;
        synchronized (this) {
            leaving = round == asOf ? take() : List.of();
        }
        call(leaving);
    }

    private void call(List<BatchedJob> leaving) {
        if (!leaving.isEmpty()) {
            call.accept(leaving);
        }
    }

    /** Hands back those that wait, uncharged. */
    void handBack() {
        List<BatchedJob> leaving;
        synchronized (this) {
            leaving = take();
        }
        leaving.forEach(job -> job.breakOff(Verdict.Released.INSTANCE));
    }

    /** Called with the lock held. */
    private List<BatchedJob> take() {
        List<BatchedJob> taken = waiting;
        waiting = new ArrayList<>();
        beginNextRound();
        return taken;
    }

    /** The time of those that waited has no meaning for the next. */
    private void beginNextRound() {
        round++;
        if (timer != null) {
            timer.dispose();
            timer = null;
        }
    }
}
