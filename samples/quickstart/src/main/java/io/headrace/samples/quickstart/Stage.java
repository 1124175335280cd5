package io.headrace.samples.quickstart;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A part of the run, and how far it is.
 *
 * @param steps how many there are, or {@link #UNKNOWN}
 */
record Stage(String what, long steps, AtomicLong done, long beganNanos) {

    static final long UNKNOWN = -1;

    private static final int BAR = 24;

    Stage(String what, long steps) {
        this(what, steps, new AtomicLong(), System.nanoTime());
    }

    /** Always as long as before or longer, so that it covers what was drawn before it. */
    String line() {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        return steps == UNKNOWN
                ? String.format(Locale.ROOT, "%-20s [%s] %.1f s", what, moving(seconds), seconds)
                : String.format(
                        Locale.ROOT, "%-20s [%s] %,d of %,d, %.1f s", what, filled(), done.get(), steps, seconds);
    }

    private String filled() {
        int full = steps == 0 ? BAR : (int) (BAR * Math.min(done.get(), steps) / steps);
        return "#".repeat(full) + "-".repeat(BAR - full);
    }

    /** A mark that goes round, a step every tenth of a second. */
    private static String moving(double seconds) {
        int at = (int) (seconds * 10) % BAR;
        return "-".repeat(at) + "#" + "-".repeat(BAR - at - 1);
    }
}
