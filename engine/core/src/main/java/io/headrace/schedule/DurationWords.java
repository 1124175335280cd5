package io.headrace.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A duration as people say it: {@code 5 minutes}, {@code hour}, {@code 1 day 12 hours}. */
final class DurationWords {

    private DurationWords() {}

    static String of(Duration duration) {
        List<String> parts = new ArrayList<>();
        add(parts, duration.toDaysPart(), "day");
        add(parts, duration.toHoursPart(), "hour");
        add(parts, duration.toMinutesPart(), "minute");
        add(parts, duration.toSecondsPart(), "second");
        add(parts, duration.toMillisPart(), "millisecond");
        String words = String.join(" ", parts);
        return parts.size() == 1 && words.startsWith("1 ") ? words.substring(2) : words;
    }

    private static void add(List<String> parts, long many, String unit) {
        if (many > 0) {
            parts.add(many + " " + unit + (many == 1 ? "" : "s"));
        }
    }
}
