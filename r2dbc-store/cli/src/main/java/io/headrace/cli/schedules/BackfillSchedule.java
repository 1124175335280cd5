package io.headrace.cli.schedules;

import io.headrace.cli.command.Confirmation;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import io.headrace.schedule.BackfillReport;
import io.headrace.schedule.ScheduleOperator;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fires the times of a range that did not fire. */
@Command(
        name = "backfill",
        description = {
            "Fire the times of a range that have not fired. Shows how many times the range has, and asks.",
            "Idempotent: if it fails half-way, run it again. Exit code 1 if some jobs could not be made."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule backfill nightly-report --from 2025-11-20T00:00Z --to 2025-11-23T00:00Z")
final class BackfillSchedule extends OneSchedule {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "The first time, included, such as 2025-11-20T00:00Z.")
    private Instant from = Instant.EPOCH;

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "The end, excluded. Not in the future.")
    private Instant to = Instant.EPOCH;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    protected void check() {
        if (!from.isBefore(to)) {
            throw RefusedException.wrongArguments("The range is empty: --to must be after --from");
        }
    }

    @Override
    int run(ScheduleOperator schedules) {
        long instants = timetable(schedules).named(name()).count(from.minusNanos(1), to.minusNanos(1));
        if (instants > 0) {
            confirmation.ask(
                    shell(),
                    "Fire " + (instants == 1 ? "the one time" : "those of " + instants + " times")
                            + " that have not fired?");
        }
        BackfillReport report = await(schedules.backfill(name(), from, to));
        answer(
                new Fields()
                        .with("instants", report.instants())
                        .with("fired", report.fired())
                        .with("failed", report.failed())
                        .with("already", report.already()),
                out -> new Facts()
                        .fact("times", report.instants())
                        .fact("fired", report.fired())
                        .fact("failed", report.failed())
                        .fact("already", report.already())
                        .print(out));
        return report.failed() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
}
