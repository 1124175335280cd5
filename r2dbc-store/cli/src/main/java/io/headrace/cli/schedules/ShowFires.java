package io.headrace.cli.schedules;

import io.headrace.cli.command.Bounds;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.ScheduleOperator;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the fires of a schedule. */
@Command(
        name = "fires",
        description = "Show the fires of a schedule on record, the latest first, with what became of their jobs.",
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule fires nightly-report --count 3")
final class ShowFires extends OneSchedule {

    private static final int MOST = 1_000;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many, at most " + MOST + ". Default: 20.")
    private int count;

    @Option(
            names = "--before",
            paramLabel = "TIME",
            description = "Only fires of times before this one: the last AT of a page shows the next page.")
    private @Nullable Instant before;

    @Override
    protected void check() {
        Bounds.check("--count", count, 1, MOST);
    }

    @Override
    int run(ScheduleOperator schedules) {
        List<FireSnapshot> fires = await(schedules.fires(name(), before, count).collectList());
        Table table = FireRow.table();
        fires.forEach(fire -> FireRow.add(table, fire));
        answer(
                new Fields()
                        .with("schedule", name())
                        .with("fires", fires.stream().map(FireRow::json).toList()),
                table::print);
        return ExitCode.DONE;
    }
}
