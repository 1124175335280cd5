package io.headrace.cli.schedules;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about schedules. */
@Command(
        name = "schedule",
        description = "Show, fire, pause and remove schedules.",
        subcommands = {
            ListSchedules.class,
            ShowSchedule.class,
            PreviewSchedule.class,
            RunSchedule.class,
            PauseSchedule.class,
            ResumeSchedule.class,
            RemoveSchedule.class,
            BackfillSchedule.class,
            ShowFires.class
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule preview nightly-report")
public final class ScheduleGroup {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** Whether the help was asked for; picocli then shows it. */
    boolean help() {
        return help;
    }
}
