package io.headrace.cli.schedules;

import io.headrace.cli.command.Bounds;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Occurrence;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.Timetable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the next instants of a schedule. */
@Command(
        name = "preview",
        description = {
            "Show the next times of a schedule, without jitter, in UTC and in its zone.",
            "GAP marks a local time that does not exist, since the clocks go forward; REPEATED_HOUR one that occurs twice."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule preview nightly-report --count 3")
final class PreviewSchedule extends OneSchedule {

    private static final int MOST = 1_000;
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many, at most " + MOST + ". Default: 10.")
    private int count;

    @Override
    protected void check() {
        Bounds.check("--count", count, 1, MOST);
    }

    @Override
    int run(ScheduleOperator schedules) {
        Timetable timetable = timetable(schedules);
        ZoneId zone = timetable.zone();
        List<Instant> instants = await(schedules.preview(name(), count));
        Map<Instant, Occurrence.Shift> shifts = shifts(timetable, instants);
        Table table = new Table("UTC", "LOCAL", "CLOCKS");
        instants.forEach(at -> table.row(at, LOCAL.format(at.atZone(zone)), shifts.get(at)));
        answer(
                new Fields()
                        .with("schedule", name())
                        .with("zone", zone)
                        .with(
                                "instants",
                                instants.stream()
                                        .map(at -> new Fields()
                                                .with("at", at)
                                                .with("local", at.atZone(zone).toOffsetDateTime())
                                                .with("shift", shifts.get(at)))
                                        .toList()),
                table::print);
        if (instants.isEmpty()) {
            say("There are no further times.");
        }
        return ExitCode.DONE;
    }

    /** What changes of the clocks did to them; nothing is said of those that they left alone. */
    private Map<Instant, Occurrence.Shift> shifts(Timetable timetable, List<Instant> instants) {
        Map<Instant, Occurrence.Shift> shifts = new HashMap<>();
        if (timetable instanceof Cron cron && !instants.isEmpty()) {
            cron
                    .named(name())
                    .preview(instants.size(), instants.get(0).minusNanos(1).atZone(cron.zone()))
                    .stream()
                    .filter(occurrence -> occurrence.shift() != Occurrence.Shift.NONE)
                    .forEach(occurrence -> shifts.put(occurrence.at().toInstant(), occurrence.shift()));
        }
        return shifts;
    }
}
