package io.headrace.postgres.diagnose;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers for people. */
final class Words {

    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");
    private static final int KILO = 1024;

    private Words() {}

    /** Such as {@code 3 d 4 h}, {@code 12 min} or {@code 7 s}. */
    static String of(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : Math.max(0, duration.toSeconds()) + " s";
    }

    /** Such as {@code 12.3 MB}. */
    static String bytes(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= KILO && unit < UNITS.size() - 1) {
            amount /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS.get(unit));
    }

    /** Such as {@code 1,234,567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 1.250 s} or {@code 12 ms}. */
    static String exact(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.3f s", millis / 1000.0);
    }
}
