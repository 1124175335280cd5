package io.headrace.benchmarks.peer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts down the jobs of a drain. Thread-safe. */
final class Handled {

    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final AtomicInteger left;
    private final CountDownLatch done = new CountDownLatch(1);

    Handled(int jobs) {
        left = new AtomicInteger(jobs);
        if (jobs == 0) {
            done.countDown();
        }
    }

    void one() {
        if (left.decrementAndGet() == 0) {
            done.countDown();
        }
    }

    /**
     * Waits for the last.
     *
     * @throws IllegalStateException if none comes for two minutes
     */
    void await() throws InterruptedException {
        int before = left.get();
        while (!done.await(STANDSTILL.toSeconds(), TimeUnit.SECONDS)) {
            int now = left.get();
            if (now == before) {
                throw new IllegalStateException("no job was handled for " + STANDSTILL + ", " + now + " are left");
            }
            before = now;
        }
    }
}
