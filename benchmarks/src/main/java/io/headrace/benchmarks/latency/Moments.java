package io.headrace.benchmarks.latency;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/** When each job was to be enqueued, when it was, and when its handler started, in {@link System#nanoTime()}. Thread-safe. */
final class Moments {

    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;

    private final int count;
    private final AtomicLongArray intended;
    private final AtomicLongArray committed;
    private final AtomicLongArray started;
    private final CountDownLatch unstarted;

    Moments(int count) {
        this.count = count;
        this.intended = new AtomicLongArray(count);
        this.committed = new AtomicLongArray(count);
        this.started = new AtomicLongArray(count);
        this.unstarted = new CountDownLatch(count);
    }

    int count() {
        return count;
    }

    void intended(int nr, long nanos) {
        intended.set(nr, nanos);
    }

    void committed(int nr, long nanos) {
        committed.set(nr, nanos);
    }

    /** The first time counts: a job may run twice. */
    void started(long nr, long nanos) {
        if (started.compareAndSet((int) nr, 0, nanos)) {
            unstarted.countDown();
        }
    }

    void awaitAll(Duration patience) throws InterruptedException {
        if (!unstarted.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(unstarted.getCount() + " of " + count + " jobs did not start");
        }
    }

    /** From the answer to the enqueuer until the handler starts; 0 where the handler was first. */
    Histogram fromCommit() {
        return between(committed);
    }

    /** From when the job was to be enqueued: with all that it had to wait for before. */
    Histogram fromIntended() {
        return between(intended);
    }

    private Histogram between(AtomicLongArray from) {
        Histogram histogram = new Histogram(LONGEST_NANOS, DIGITS);
        for (int nr = 0; nr < count; nr++) {
            histogram.recordValue(Math.min(LONGEST_NANOS, Math.max(0, started.get(nr) - from.get(nr))));
        }
        return histogram;
    }
}
