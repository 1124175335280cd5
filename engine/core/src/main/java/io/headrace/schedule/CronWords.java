package io.headrace.schedule;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words when an expression fires: the time, the days, the months. */
final class CronWords {

    /** So many times of day are listed; more are described by hour and minute. */
    private static final int MOST_TIMES = 6;

    private final CronFieldItems seconds;
    private final CronFieldItems minutes;
    private final CronFieldItems hours;
    private final CronFieldItems daysOfMonth;
    private final CronFieldItems months;
    private final CronFieldItems daysOfWeek;

    private CronWords(CronFields fields) {
        this.seconds = fields.get(CronField.SECOND);
        this.minutes = fields.get(CronField.MINUTE);
        this.hours = fields.get(CronField.HOUR);
        this.daysOfMonth = fields.get(CronField.DAY_OF_MONTH);
        this.months = fields.get(CronField.MONTH);
        this.daysOfWeek = fields.get(CronField.DAY_OF_WEEK);
    }

    static String of(CronFields fields) {
        CronWords words = new CronWords(fields);
        String hashed = fields.hashed() == null ? "" : ", as the name of the schedule determines";
        String sentence = words.time() + words.days() + words.months() + hashed;
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private String time() {
        boolean listed = seconds.isListOfSingles() && minutes.isListOfSingles() && hours.isListOfSingles();
        long many = Long.bitCount(seconds.bits()) * (long) Long.bitCount(minutes.bits()) * Long.bitCount(hours.bits());
        return listed && many <= MOST_TIMES ? "at " + times() : clauses();
    }

    private String times() {
        List<String> times = new ArrayList<>();
        TimesOfDay ofDay = new TimesOfDay(hours.bits(), minutes.bits(), seconds.bits());
        int time = ofDay.first();
        for (int left = ofDay.count(); left > 0; left--) {
            times.add(LocalTime.ofSecondOfDay(time).toString());
            time = left > 1 ? ofDay.next(time + 1) : time;
        }
        return FieldWords.list(times);
    }

    /** From the smallest unit to the largest, without those that go without saying. */
    private String clauses() {
        List<String> clauses = new ArrayList<>();
        boolean each = false;
        if (!seconds.text().equals("0")) {
            clauses.add(clause(seconds));
            each = isEach(seconds);
        }
        if (!each || !minutes.isStar()) {
            clauses.add(clause(minutes));
            each = isEach(minutes);
        }
        if (!each || !hours.isStar()) {
            clauses.add(hours.isStar() ? "every hour" : new FieldWords(hours).all());
        }
        String words = String.join(" of ", clauses);
        return words.startsWith("every ") ? words : "at " + words;
    }

    private static String clause(CronFieldItems field) {
        String unit = field.field().label();
        if (field.isStar()) {
            return "every " + unit;
        }
        int step = field.evenStep();
        return step > 0 ? "every " + step + " " + unit + "s" : new FieldWords(field).all();
    }

    /** Whether it goes without saying that the next larger unit is unrestricted. */
    private static boolean isEach(CronFieldItems field) {
        return field.isStar() || field.evenStep() > 0;
    }

    private String days() {
        if (daysOfMonth.isStar() && daysOfWeek.isStar()) {
            return "";
        }
        String ofMonth = " on " + new FieldWords(daysOfMonth).all() + " of the month";
        String weekdays = new FieldWords(daysOfWeek).all();
        String ofWeek = (daysOfWeek.isRange() ? " from " : " on ") + weekdays;
        if (daysOfWeek.isStar()) {
            return ofMonth;
        }
        if (daysOfMonth.isStar()) {
            return ofWeek;
        }
        boolean both = daysOfMonth.startsWithStar() || daysOfWeek.startsWithStar();
        return ofMonth + (both ? " that falls on " + weekdays : " and also" + ofWeek);
    }

    private String months() {
        return months.isStar() ? "" : " in " + new FieldWords(months).all();
    }
}
