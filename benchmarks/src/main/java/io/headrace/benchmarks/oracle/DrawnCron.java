package io.headrace.benchmarks.oracle;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A random expression of six fields, and what it means: drawn together, and found by no parser. */
final class DrawnCron {

    private static final int DAY = 86_400;

    private final String text;
    private final boolean[] seconds;
    private final boolean[] minutes;
    private final boolean[] hours;
    private final boolean[] months;
    private final boolean everyRealHour;
    private final DrawnDays days;
    private final Map<Long, Boolean> known = new HashMap<>();

    private DrawnCron(Drawn second, Drawn minute, Drawn hour, DrawnDays days, Drawn month) {
        this.text = String.join(
                " ", second.text(), minute.text(), hour.text(), days.ofMonth(), month.text(), days.ofWeek());
        this.seconds = second.values(60);
        this.minutes = minute.values(60);
        this.hours = hour.values(24);
        this.months = month.values(13);
        this.everyRealHour = hour.text().contains("*") || hour.text().contains("/");
        this.days = days;
    }

    static DrawnCron draw(Random random) {
        Drawn second = random.nextBoolean() ? new Drawn("0", n -> n == 0) : Drawn.any(random, 0, 59);
        Drawn hour = random.nextInt(3) > 0 ? Drawn.any(random, 0, 23) : Drawn.any(random, 0, 3);
        Drawn month = random.nextBoolean() ? new Drawn("*", n -> true) : Drawn.any(random, 1, 12);
        return new DrawnCron(second, Drawn.any(random, 0, 59), hour, DrawnDays.draw(random), month);
    }

    String text() {
        return text;
    }

    boolean everyRealHour() {
        return everyRealHour;
    }

    boolean matches(LocalDate date) {
        return months[date.getMonthValue()] && days.matches().test(date);
    }

    /** @param local seconds of the epoch, as if local time were UTC */
    boolean matches(long local) {
        int second = (int) Math.floorMod(local, (long) DAY);
        return seconds[second % 60]
                && minutes[second / 60 % 60]
                && hours[second / 3_600]
                && known.computeIfAbsent(Math.floorDiv(local, (long) DAY), day -> matches(LocalDate.ofEpochDay(day)));
    }
}
