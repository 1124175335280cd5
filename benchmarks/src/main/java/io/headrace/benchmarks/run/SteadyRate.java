package io.headrace.benchmarks.run;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Moments that are set beforehand, whatever becomes of what is done at them. Immutable.
 *
 * @param firstNanos the first, of {@link System#nanoTime()}
 */
public record SteadyRate(long firstNanos, int perSecond) {

    private static final Duration LEAD = Duration.ofMillis(50);

    /** Beginning in a moment. */
    public static SteadyRate of(int perSecond) {
        return new SteadyRate(System.nanoTime() + LEAD.toNanos(), perSecond);
    }

    /** Blocks until a moment, from 0 on, has come; which that is. */
    public long await(int nr) {
        long at = firstNanos + nr * Duration.ofSeconds(1).toNanos() / perSecond;
        for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        return at;
    }
}
