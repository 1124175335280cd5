package io.headrace.benchmarks.goeson;

import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long claims took that returned jobs. Thread-safe. */
final class Claims implements JobObserver {

    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;

    private final Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);

    @Override
    public void answered(StoreCall call, long jobs, Duration took) {
        if (call == StoreCall.CLAIM && jobs > 0) {
            nanos.recordValue(Math.min(LONGEST_NANOS, took.toNanos()));
        }
    }

    /** Once the engine has stopped. */
    Histogram taken() {
        return nanos;
    }
}
