package io.headrace.testkit.memory.places;

import io.headrace.spi.JobStore;
import io.headrace.spi.WakeUp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The lock of a store. Every call is one step under it, at one moment of the store's clock; those who wait for what a step
 * brings about are told after it, outside the lock and on the same thread. Safe to use from many threads.
 */
public final class Steps {

    private final Object lock = new Object();
    private final Clock clock;
    private final Contents contents;
    private final List<MonoSink<Void>> awaitingIdle = new CopyOnWriteArrayList<>();

    /**
     * Guards the contents.
     *
     * @param clock the only clock that the steps go by
     */
    public Steps(Clock clock, Contents contents) {
        this.clock = clock;
        this.contents = contents;
    }

    /** Does work as a step, once for each subscription. */
    public <T> Mono<T> step(Function<Instant, T> work) {
        return step(0, work);
    }

    /** The same, for work without an answer. */
    public Mono<Void> run(Consumer<Instant> work) {
        return step(now -> {
                    work.accept(now);
                    return now;
                })
                .then();
    }

    /**
     * Does work as a step of a worker.
     *
     * @param by the worker that needs no wake-up, 0 for none
     */
    public <T> Mono<T> step(long by, Function<Instant, T> work) {
        return Mono.fromSupplier(() -> {
            T answer;
            List<WakeUp> toWake;
            synchronized (lock) {
                Instant now = clock.instant();
                answer = work.apply(now);
                toWake = wakeUps(by, now);
            }
            List<MonoSink<Void>> idle = idleNow();
            contents.wakeUps().announce(toWake);
            idle.forEach(MonoSink::success);
            return answer;
        });
    }

    /** Does work under the lock, here and now, that nobody waits for. */
    public <T> T locked(Supplier<T> work) {
        synchronized (lock) {
            return work.get();
        }
    }

    /** The same, for work without an answer. */
    public void whileLocked(Runnable work) {
        synchronized (lock) {
            work.run();
        }
    }

    /**
     * Wakes every engine, and completes when no job is due, none is leased, and no schedule is due that somebody fires. The
     * workers are taken to be alive.
     */
    public Mono<Void> untilIdle() {
        return Mono.create(sink -> {
            awaitingIdle.add(sink);
            sink.onDispose(() -> awaitingIdle.remove(sink));
            synchronized (lock) {
                contents.workers().keepAlive(clock.instant());
            }
            contents.schedules().changes().announce();
            contents.wakeUps().announce(List.of(WakeUp.EveryQueue.INSTANCE));
            idleNow().forEach(MonoSink::success);
        });
    }

    /** Whether somebody waits {@linkplain #untilIdle until the store is idle}. */
    public boolean isIdleAwaited() {
        return !awaitingIdle.isEmpty();
    }

    private List<WakeUp> wakeUps(long by, Instant now) {
        List<WakeUp> wakeUps = new ArrayList<>(contents.places().waiters().takeEnded());
        contents.places().takeNewlyWaiting().forEach((queue, dueAt) -> {
            Duration in = Duration.between(now, dueAt);
            if (in.compareTo(JobStore.ANNOUNCED_AHEAD) < 0 && contents.workers().isOneWaitingOn(queue, by)) {
                wakeUps.add(new WakeUp.Due(queue, in));
            }
        });
        return wakeUps;
    }

    /** Who waits for the store to be idle, if it is. Taken under the lock: whoever comes later waits for what came later. */
    private List<MonoSink<Void>> idleNow() {
        synchronized (lock) {
            if (awaitingIdle.isEmpty() || !isIdle(clock.instant())) {
                return List.of();
            }
            List<MonoSink<Void>> idle = List.copyOf(awaitingIdle);
            // Here and now: what is enqueued from now on is not for those who asked before.
            awaitingIdle.removeAll(idle);
            return idle;
        }
    }

    private boolean isIdle(Instant now) {
        return contents.places().isIdle(now) && !contents.schedules().isFireExpected(now);
    }
}
