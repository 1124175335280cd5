package io.headrace.engine.guard;

import static java.time.Duration.ofSeconds;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Timers whose lock is always taken at the moment they end. */
class TimersMayLockTest {

    private final Scheduler timers = Schedulers.fromExecutorService(new BusyQueue());

    @AfterEach
    void stop() {
        timers.dispose();
    }

    private static Stream<Function<Scheduler, Disposable>> repeating() {
        return Stream.of(
                timers -> timers.schedulePeriodically(() -> {}, 1, 1, TimeUnit.HOURS),
                timers -> timers.createWorker().schedulePeriodically(() -> {}, 1, 1, TimeUnit.HOURS),
                timers -> timers.createWorker().schedulePeriodically(() -> {}, 1, 0, TimeUnit.HOURS));
    }

    @ParameterizedTest
    @MethodSource("repeating")
    void aRepeatingTimerMayWaitForItsLockOnAThreadThatMustNotBlock(Function<Scheduler, Disposable> repeating) {
        Disposable timer = repeating.apply(timers);
        StepVerifier.create(Mono.fromRunnable(timer::dispose).subscribeOn(Schedulers.parallel()))
                .expectComplete()
                .verify(ofSeconds(10));
    }

    /** Waits whenever a timer that ends is removed from it. */
    private static final class BusyQueue extends ScheduledThreadPoolExecutor {

        private BusyQueue() {
            super(1);
            setRemoveOnCancelPolicy(true);
        }

        @Override
        public boolean remove(Runnable task) {
            LockSupport.parkNanos(1);
            return super.remove(task);
        }
    }
}
