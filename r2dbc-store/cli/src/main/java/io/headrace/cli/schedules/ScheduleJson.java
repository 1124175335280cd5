package io.headrace.cli.schedules;

import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Spans;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.Timetable;

/** A schedule as JSON. */
final class ScheduleJson {

    private ScheduleJson() {}

    static Fields of(ScheduleSnapshot schedule) {
        Timetable timetable = schedule.timetable();
        return new Fields()
                .with("name", schedule.name())
                .with("state", schedule.state())
                .with("timetable", timetable == null ? null : timetable.text())
                .with("zone", timetable == null ? null : timetable.zone())
                .with("description", timetable == null ? null : timetable.describe())
                .with("queue", schedule.queue())
                .with("kind", schedule.kind())
                .with("made", schedule.isMade())
                .with("jitterSeconds", Spans.seconds(schedule.jitter()))
                .with("misfire", schedule.misfire())
                .with("overlap", schedule.overlap())
                .with("declared", schedule.isDeclared())
                .with("overridden", schedule.isOverridden())
                .with("next", schedule.next())
                .with("lastAt", schedule.lastAt())
                .with("lastJob", schedule.lastJob())
                .with("waiting", schedule.isWaiting())
                .with("fires", schedule.fires())
                .with("passedOver", schedule.passedOver());
    }
}
