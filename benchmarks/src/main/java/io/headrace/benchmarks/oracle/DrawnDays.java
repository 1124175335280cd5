package io.headrace.benchmarks.oracle;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Random;
import java.util.function.Predicate;

/** The two day fields, and what they mean. */
record DrawnDays(String ofMonth, String ofWeek, Predicate<LocalDate> matches) {

    private record Field(String text, Predicate<LocalDate> matches) {

        boolean isFree() {
            return text.startsWith("*") || text.startsWith("?");
        }
    }

    static DrawnDays draw(Random random) {
        Field month = random.nextBoolean() ? new Field("*", date -> true) : ofMonth(random);
        Field week = random.nextBoolean() ? new Field("?", date -> true) : ofWeek(random);
        boolean both = month.isFree() || week.isFree();
        return new DrawnDays(
                month.text(),
                week.text(),
                both ? month.matches().and(week.matches()) : month.matches().or(week.matches()));
    }

    private static Field ofMonth(Random random) {
        int n = 1 + random.nextInt(31);
        return switch (random.nextInt(7)) {
            case 0 -> new Field("L", date -> isLast(date, 0));
            case 1 -> new Field("L-" + Math.min(n, 30), date -> isLast(date, Math.min(n, 30)));
            case 2 -> new Field("LW", date -> isWorkday(date) && noWorkdayUntil(date, date.lengthOfMonth()));
            case 3 -> new Field(n + "W", date -> isNearest(date, n));
            case 4 -> new Field(n + ",L", date -> date.getDayOfMonth() == n || isLast(date, 0));
            default -> numbers(Drawn.any(random, 1, 31));
        };
    }

    private static Field numbers(Drawn drawn) {
        return new Field(drawn.text(), date -> drawn.matches().test(date.getDayOfMonth()));
    }

    private static Field ofWeek(Random random) {
        int day = random.nextInt(7);
        int nth = 1 + random.nextInt(5);
        return switch (random.nextInt(5)) {
            case 0 ->
                new Field(
                        day + "#" + nth,
                        date -> isDay(date, day)
                                && date.getDayOfMonth() > 7 * (nth - 1)
                                && date.getDayOfMonth() <= 7 * nth);
            case 1 -> new Field(day + "L", date -> isDay(date, day) && date.getDayOfMonth() > date.lengthOfMonth() - 7);
            case 2 -> new Field(day + "-7", date -> day == 0 || isDay(date, 0) || number(date) >= day);
            default -> {
                Drawn drawn = Drawn.any(random, 0, 6);
                yield new Field(drawn.text(), date -> drawn.matches().test(number(date)));
            }
        };
    }

    private static int number(LocalDate date) {
        return date.getDayOfWeek().getValue() % 7;
    }

    private static boolean isDay(LocalDate date, int day) {
        return number(date) == day;
    }

    private static boolean isLast(LocalDate date, int before) {
        return date.getDayOfMonth() == date.lengthOfMonth() - before;
    }

    private static boolean isWorkday(LocalDate date) {
        return date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
    }

    private static boolean noWorkdayUntil(LocalDate date, int last) {
        return date.getDayOfMonth() == last
                || date.plusDays(1)
                        .datesUntil(date.withDayOfMonth(last).plusDays(1))
                        .noneMatch(DrawnDays::isWorkday);
    }

    /** Whether it is the workday of its month that is closest to the n-th, of which there is at most one. */
    private static boolean isNearest(LocalDate date, int n) {
        if (n > date.lengthOfMonth() || !isWorkday(date)) {
            return false;
        }
        int distance = Math.abs(date.getDayOfMonth() - n);
        return date.withDayOfMonth(1)
                .datesUntil(date.withDayOfMonth(1).plusMonths(1))
                .filter(DrawnDays::isWorkday)
                .noneMatch(other -> Math.abs(other.getDayOfMonth() - n) < distance);
    }
}
