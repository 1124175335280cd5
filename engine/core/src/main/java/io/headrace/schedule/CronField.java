package io.headrace.schedule;

import java.util.Locale;

/** A field of a cron expression, in the order in which they are written. */
enum CronField {
    SECOND(0, 59, ""),
    MINUTE(0, 59, ""),
    HOUR(0, 23, ""),
    DAY_OF_MONTH(1, 31, ""),
    MONTH(1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    DAY_OF_WEEK(0, 6, "SUN MON TUE WED THU FRI SAT");

    /** Sunday once more, as in every crontab. */
    static final int SUNDAY_TOO = 7;
    /** The length of a name. */
    static final int LETTERS = 3;

    private final int least;
    private final int most;
    /** Three letters each, with spaces between. */
    private final String names;

    CronField(int least, int most, String names) {
        this.least = least;
        this.most = most;
        this.names = names;
    }

    int least() {
        return least;
    }

    /** The largest value that {@code *} means. */
    int most() {
        return most;
    }

    /** The largest value that can be written. */
    int mostWritten() {
        return this == DAY_OF_WEEK ? SUNDAY_TOO : most;
    }

    int size() {
        return most - least + 1;
    }

    boolean isDay() {
        return this == DAY_OF_MONTH || this == DAY_OF_WEEK;
    }

    boolean hasNames() {
        return !names.isEmpty();
    }

    /** The value of a name in capitals; -1 if there is none. */
    int valueNamed(String name) {
        int index = name.length() == LETTERS ? names.indexOf(name) : -1;
        return index < 0 ? -1 : index / (LETTERS + 1) + least;
    }

    /** How to write a range that goes beyond the largest value. */
    String ascending(int first, int last) {
        if (this == DAY_OF_WEEK && (first == SUNDAY_TOO || last == 0)) {
            return first == SUNDAY_TOO ? range(0, last) : range(first, SUNDAY_TOO);
        }
        return range(first, most) + "," + range(least, last);
    }

    private static String range(int first, int last) {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }

    /** What may be written, for messages. */
    String allowed() {
        String numbers = least + " to " + mostWritten();
        return names.isEmpty()
                ? numbers
                : numbers + ", " + names.substring(0, LETTERS) + " to " + names.substring(names.length() - LETTERS);
    }

    /** As people call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
