package io.headrace.benchmarks.headrace;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Waits for so many handled jobs. Counting costs one atomic addition a job. Thread-safe. */
public final class Countdown {

    private final AtomicInteger left;
    private final int jobs;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long firstNanos;
    private volatile long lastNanos;

    public Countdown(int jobs) {
        this.jobs = jobs;
        this.left = new AtomicInteger(jobs);
    }

    /** A handler that does nothing: the result of one. */
    public Mono<Void> one() {
        int now = left.decrementAndGet();
        if (now == jobs - 1) {
            firstNanos = System.nanoTime();
        }
        if (now == 0) {
            lastNanos = System.nanoTime();
            done.countDown();
        }
        return Mono.empty();
    }

    /** How many were handled, those beyond the number included. */
    public int handled() {
        return jobs - left.get();
    }

    /** Jobs a second between the first handler and the one that was waited for, once that was. */
    public double rateBetween() {
        return (jobs - 1) * 1e9 / (lastNanos - firstNanos);
    }

    /**
     * Until all are handled.
     *
     * @throws IllegalStateException if they are not in time
     */
    public void await(Duration patience) throws InterruptedException {
        if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    "after " + patience + " only " + handled() + " of " + jobs + " jobs were handled");
        }
    }
}
