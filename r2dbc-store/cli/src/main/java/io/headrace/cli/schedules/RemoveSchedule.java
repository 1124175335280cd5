package io.headrace.cli.schedules;

import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.schedule.ScheduleOperator;
import picocli.CommandLine.Command;

/** Removes a schedule. */
@Command(
        name = "remove",
        description = {
            "Remove a schedule. Its jobs stay, and its fires until they are pruned.",
            "Refused while engines declare it: it would be back at their next start."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule remove nightly-report")
final class RemoveSchedule extends OneSchedule {

    @Override
    int run(ScheduleOperator schedules) {
        schedules.remove(name()).block();
        answer(new Fields().with("schedule", name()).with("removed", true), out -> out.println(name() + " is removed"));
        return ExitCode.DONE;
    }
}
