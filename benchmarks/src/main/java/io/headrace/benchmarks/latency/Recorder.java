package io.headrace.benchmarks.latency;

import java.time.Duration;

/** Passes what it hears on to the moments that are being taken. Thread-safe. */
final class Recorder {

    private static final long FAR_NANOS = Duration.ofMinutes(2).toNanos();

    private volatile Moments now = new Moments(0);

    Moments begin(int jobs) {
        Moments begun = new Moments(jobs);
        now = begun;
        return begun;
    }

    void startedNow(long sequence) {
        now.started(sequence, System.nanoTime());
    }

    /** On one machine all JVMs count from the same moment, where the system has a monotonic clock for all. */
    void startedElsewhere(long sequence, long nanos) {
        if (Math.abs(System.nanoTime() - nanos) > FAR_NANOS) {
            throw new IllegalStateException("the clocks of two processes cannot be compared on this system");
        }
        now.started(sequence, nanos);
    }
}
