package io.headrace.cli.schedules;

import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.Timetable;

/** A timetable in words. */
final class TimetableWords {

    private TimetableWords() {}

    /** A newer version of Headrace may have written one that this one cannot read. */
    static String description(ScheduleSnapshot schedule) {
        Timetable timetable = schedule.timetable();
        return timetable == null ? "(unreadable here)" : timetable.describe();
    }
}
