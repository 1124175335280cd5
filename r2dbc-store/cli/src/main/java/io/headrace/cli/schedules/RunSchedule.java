package io.headrace.cli.schedules;

import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Table;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.ScheduleOperator;
import picocli.CommandLine.Command;

/** Fires a schedule now. */
@Command(
        name = "run",
        description = {
            "Fire a schedule now, also while it is paused. Its timetable goes on as before.",
            "WAITING: an engine that declares the schedule, or the end of its last job, is awaited.",
            "Exit code 1 if its job could not be made."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule run nightly-report")
final class RunSchedule extends OneSchedule {

    @Override
    int run(ScheduleOperator schedules) {
        FireSnapshot fire = await(schedules.runNow(name()));
        Table table = FireRow.table();
        FireRow.add(table, fire);
        answer(FireRow.json(fire), table::print);
        return fire.outcome() == FireOutcome.FAILED ? ExitCode.FAILED : ExitCode.DONE;
    }
}
