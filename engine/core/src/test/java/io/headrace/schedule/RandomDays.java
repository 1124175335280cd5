package io.headrace.schedule;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static java.time.temporal.TemporalAdjusters.lastDayOfMonth;
import static java.time.temporal.TemporalAdjusters.lastInMonth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

/** Two random day fields, and what they match. */
record RandomDays(String ofMonth, String ofWeek, Predicate<LocalDate> month, Predicate<LocalDate> week) {

    private record Days(String text, Predicate<LocalDate> matches) {}

    static RandomDays draw(Random random) {
        int restricted = random.nextInt(6);
        Days month = restricted < 3 ? ofMonth(random) : any(random);
        Days week = restricted >= 2 && restricted < 5 ? ofWeek(random) : any(random);
        return new RandomDays(month.text(), week.text(), month.matches(), week.matches());
    }

    boolean matches(LocalDate date) {
        boolean free = startsFree(ofMonth) || startsFree(ofWeek);
        return free ? month.test(date) && week.test(date) : month.test(date) || week.test(date);
    }

    private static boolean startsFree(String field) {
        return field.startsWith("*") || field.startsWith("?");
    }

    private static Days any(Random random) {
        return new Days(random.nextBoolean() ? "*" : "?", date -> true);
    }

    private static Days ofMonth(Random random) {
        int day = 1 + random.nextInt(31);
        int to = day + random.nextInt(32 - day);
        int step = 2 + random.nextInt(10);
        int back = 1 + random.nextInt(30);
        return switch (random.nextInt(9)) {
            case 0 -> new Days("L", date -> date.equals(date.with(lastDayOfMonth())));
            case 1 -> new Days("L-" + back, date -> date.plusDays(back).equals(date.with(lastDayOfMonth())));
            case 2 -> new Days("LW", date -> date.equals(onWeekday(date.with(lastDayOfMonth()), -1)));
            case 3 -> new Days(day + "W", date -> day <= date.lengthOfMonth() && date.equals(nearest(date, day)));
            case 4 -> new Days(day + "-" + to, date -> date.getDayOfMonth() >= day && date.getDayOfMonth() <= to);
            case 5 -> new Days("*/" + step, date -> (date.getDayOfMonth() - 1) % step == 0);
            case 6 ->
                new Days(
                        day + "/" + step,
                        date -> date.getDayOfMonth() >= day && (date.getDayOfMonth() - day) % step == 0);
            case 7 ->
                new Days(
                        day + ",L",
                        date -> date.getDayOfMonth() == day || date.getDayOfMonth() == date.lengthOfMonth());
            default -> new Days(String.valueOf(day), date -> date.getDayOfMonth() == day);
        };
    }

    /** The day of the month of the date, or the closest one of the same month that is not at a weekend. */
    private static LocalDate nearest(LocalDate date, int day) {
        LocalDate wanted = date.withDayOfMonth(day);
        LocalDate before = onWeekday(wanted, -1);
        LocalDate after = onWeekday(wanted, 1);
        boolean beforeIsOut = before.getMonth() != wanted.getMonth();
        boolean afterIsOut = after.getMonth() != wanted.getMonth();
        boolean afterIsCloser = DAYS.between(wanted, after) < DAYS.between(before, wanted);
        return beforeIsOut || (afterIsCloser && !afterIsOut) ? after : before;
    }

    private static LocalDate onWeekday(LocalDate date, int direction) {
        LocalDate day = date;
        while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            day = day.plusDays(direction);
        }
        return day;
    }

    private static Days ofWeek(Random random) {
        DayOfWeek day = DayOfWeek.of(1 + random.nextInt(7));
        DayOfWeek to = DayOfWeek.of(day.getValue() + random.nextInt(8 - day.getValue()));
        String name = day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        int nth = 1 + random.nextInt(5);
        return switch (random.nextInt(7)) {
            case 0 -> new Days(name.toUpperCase(Locale.ROOT) + "#" + nth, date -> date.equals(inMonth(date, nth, day)));
            case 1 -> new Days(day.getValue() + "L", date -> date.equals(date.with(lastInMonth(day))));
            case 2 ->
                new Days(
                        name + "-" + to.getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
                        date -> date.getDayOfWeek().compareTo(day) >= 0
                                && date.getDayOfWeek().compareTo(to) <= 0);
            case 3 -> new Days(day.getValue() % 7 + "," + name, date -> date.getDayOfWeek() == day);
            case 4 -> new Days("*/2", date -> date.getDayOfWeek().getValue() % 7 % 2 == 0);
            case 5 ->
                new Days(
                        "1-" + day.getValue() + "/2",
                        date -> date.getDayOfWeek().compareTo(day) <= 0
                                && date.getDayOfWeek().getValue() % 2 == 1);
            default -> new Days(String.valueOf(day.getValue()), date -> date.getDayOfWeek() == day);
        };
    }

    private static LocalDate inMonth(LocalDate date, int nth, DayOfWeek day) {
        return date.with(dayOfWeekInMonth(nth, day));
    }
}
