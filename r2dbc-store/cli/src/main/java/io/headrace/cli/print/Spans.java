package io.headrace.cli.print;

import java.time.Duration;

/** Durations for people: the two largest units. */
public final class Spans {

    private Spans() {}

    /** Such as {@code 3d 4h}, {@code 2m 5s}, {@code 7s} or {@code 350ms}. */
    public static String words(Duration span) {
        if (span.isNegative()) {
            return "-" + words(span.negated());
        }
        if (span.toDays() > 0) {
            return two(span.toDays(), "d", span.toHoursPart(), "h");
        }
        if (span.toHours() > 0) {
            return two(span.toHours(), "h", span.toMinutesPart(), "m");
        }
        if (span.toMinutes() > 0) {
            return two(span.toMinutes(), "m", span.toSecondsPart(), "s");
        }
        return span.toSeconds() > 0 || span.isZero() ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }

    private static String two(long large, String unit, int small, String smallUnit) {
        return large + unit + (small == 0 ? "" : " " + small + smallUnit);
    }

    /** In seconds, with milliseconds: how JSON has it. */
    public static double seconds(Duration span) {
        return span.toMillis() / 1000.0;
    }
}
