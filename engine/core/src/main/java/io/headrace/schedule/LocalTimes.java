package io.headrace.schedule;

import java.time.LocalDate;

/**
 * The local times that match, without regard to zones. Times are seconds of the epoch as if local time were UTC; days
 * are days of the epoch.
 */
final class LocalTimes {

    private static final int DAY = 86_400;
    private static final int ALL_MONTHS = 12;
    /** Beyond the time that is covered: where a search ends. */
    private static final int END_YEAR = 10_001;

    private final CronDays days;
    private final int months;
    private final TimesOfDay times;

    LocalTimes(CronFields fields) {
        this.days = new CronDays(fields.get(CronField.DAY_OF_MONTH), fields.get(CronField.DAY_OF_WEEK));
        this.months = (int) fields.get(CronField.MONTH).bits();
        this.times = new TimesOfDay(
                fields.get(CronField.HOUR).bits(),
                fields.get(CronField.MINUTE).bits(),
                fields.get(CronField.SECOND).bits());
    }

    /** Whether there is any day at all. Every month occurs with every first weekday, February in both lengths. */
    boolean occurs() {
        for (int month = 1; month <= ALL_MONTHS; month++) {
            for (int first = 0; first < 7 && (months & (1 << month)) != 0; first++) {
                if (days.mask(Months.length(month, true), first) != 0
                        || days.mask(Months.length(month, false), first) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The first match that is not before the given time; a time beyond what is covered if there is none. */
    long next(long time) {
        long today = Math.floorDiv(time, DAY);
        long day = nextDay(today);
        if (day == today) {
            int second = times.next((int) (time - today * DAY));
            if (second >= 0) {
                return day * DAY + second;
            }
            day = nextDay(today + 1);
        }
        return day * DAY + times.first();
    }

    boolean matches(long time) {
        return next(time) == time;
    }

    /** How many match from the first to the last time, both included. */
    long count(long first, long last) {
        if (first > last) {
            return 0;
        }
        long firstDay = Math.floorDiv(first, DAY);
        long lastDay = Math.floorDiv(last, DAY);
        long before = nextDay(firstDay) == firstDay ? times.before((int) (first - firstDay * DAY)) : 0;
        long after = nextDay(lastDay) == lastDay ? times.before((int) (last - lastDay * DAY) + 1) : 0;
        return countDays(firstDay, lastDay) * times.count() - before + after;
    }

    private long nextDay(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        int year = date.getYear();
        int month = date.getMonthValue();
        int dayOfMonth = date.getDayOfMonth();
        long first = day - dayOfMonth + 1;
        while (year < END_YEAR) {
            int length = Months.length(month, year);
            if ((months & (1 << month)) != 0) {
                int mask = days.mask(length, Months.weekday(first)) >>> dayOfMonth;
                if (mask != 0) {
                    return first + dayOfMonth - 1 + Integer.numberOfTrailingZeros(mask);
                }
            }
            dayOfMonth = 1;
            first += length;
            month = month % ALL_MONTHS + 1;
            year += month == 1 ? 1 : 0;
        }
        return first;
    }

    /** How many days match from the first to before the last. */
    private long countDays(long from, long to) {
        LocalDate date = LocalDate.ofEpochDay(from);
        int year = date.getYear();
        int month = date.getMonthValue();
        long first = from - date.getDayOfMonth() + 1;
        long count = 0;
        while (first < to) {
            int length = Months.length(month, year);
            if ((months & (1 << month)) != 0) {
                int mask = days.mask(length, Months.weekday(first));
                mask &= first < from ? -1 << (from - first + 1) : -1;
                mask &= first + length > to ? (int) ((1L << (to - first + 1)) - 1) : -1;
                count += Integer.bitCount(mask);
            }
            first += length;
            month = month % ALL_MONTHS + 1;
            year += month == 1 ? 1 : 0;
        }
        return count;
    }
}
