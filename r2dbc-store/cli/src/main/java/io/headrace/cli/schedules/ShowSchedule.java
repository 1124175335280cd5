package io.headrace.cli.schedules;

import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Facts;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.Timetable;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Shows one schedule. */
@Command(
        name = "show",
        description = "Show a schedule: its timetable, what it does, and what it last did.",
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule show nightly-report")
final class ShowSchedule extends OneSchedule {

    @Override
    int run(ScheduleOperator schedules) {
        ScheduleSnapshot schedule = found(schedules);
        answer(ScheduleJson.of(schedule), out -> print(out, schedule));
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, ScheduleSnapshot schedule) {
        Timetable timetable = schedule.timetable();
        new Facts()
                .fact("name", schedule.name())
                .fact("state", schedule.state())
                .fact("timetable", timetable == null ? null : timetable.text())
                .fact("in words", TimetableWords.description(schedule))
                .fact("zone", timetable == null ? null : timetable.zone())
                .fact("queue", schedule.queue())
                .fact("kind", schedule.kind())
                .fact("made by a function", schedule.isMade())
                .fact("jitter", schedule.jitter())
                .fact("misfire", schedule.misfire())
                .fact("overlap", schedule.overlap())
                .fact("declared in code", schedule.isDeclared())
                .fact("overridden", schedule.isOverridden())
                .fact("next", schedule.next())
                .fact("last", schedule.lastAt())
                .fact("last job", schedule.lastJob())
                .fact("waiting", schedule.isWaiting())
                .fact("fires", String.valueOf(schedule.fires()))
                .fact("passed over", String.valueOf(schedule.passedOver()))
                .print(out);
    }
}
