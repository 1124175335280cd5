package io.headrace.schedule;

import java.time.Year;

/** The shape of months. */
final class Months {

    private Months() {}

    static int length(int month, int year) {
        return length(month, month == 2 && Year.isLeap(year));
    }

    static int length(int month, boolean leap) {
        return switch (month) {
            case 2 -> leap ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** The day of week of a day of the epoch, 0 for Sunday. The first day was a Thursday. */
    static int weekday(long day) {
        return (int) Math.floorMod(day + 4, 7L);
    }
}
