package io.headrace.benchmarks.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens elsewhere, by looking again and again. */
public final class Waiting {

    private static final long LOOK_EVERY_MILLIS = 50;

    private Waiting() {}

    /** Until a condition holds: seconds since a moment of {@link System#nanoTime()}, or -1 if it does not in time. */
    public static double secondsUntil(Duration atMost, long fromNanos, BooleanSupplier condition) {
        return until(atMost, condition) ? secondsSince(fromNanos) : -1;
    }

    /**
     * Until a condition holds.
     *
     * @return whether it does, or false if it did not in time
     */
    public static boolean until(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pass(Duration.ofMillis(LOOK_EVERY_MILLIS));
        }
        return true;
    }

    /**
     * Until a condition holds.
     *
     * @throws IllegalStateException if it does not in time, which says what was waited for
     */
    public static void require(String what, Duration atMost, BooleanSupplier condition) {
        if (!until(atMost, condition)) {
            throw new IllegalStateException("not within " + atMost.toSeconds() + " s: " + what);
        }
    }

    /** Lets a fault last. */
    public static void pass(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Seconds since a moment of {@link System#nanoTime()}. */
    public static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
