package io.headrace.cli.schedules;

import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.schedule.ScheduleSnapshot;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists all schedules. */
@Command(
        name = "list",
        description = "List all schedules by name.",
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule list")
final class ListSchedules extends StoreVerb {

    @Override
    protected int run(Desk desk) {
        List<ScheduleSnapshot> schedules =
                await(desk.operator().schedules().list().collectList());
        Table table = new Table("SCHEDULE", "STATE", "NEXT", "TIMETABLE", "QUEUE", "KIND", "LAST", "FIRES");
        schedules.forEach(each -> table.row(
                each.name(),
                each.state(),
                each.next(),
                TimetableWords.description(each),
                each.queue(),
                each.kind(),
                each.lastAt(),
                each.fires()));
        answer(
                new Fields()
                        .with(
                                "schedules",
                                schedules.stream().map(ScheduleJson::of).toList()),
                table::print);
        return ExitCode.DONE;
    }
}
