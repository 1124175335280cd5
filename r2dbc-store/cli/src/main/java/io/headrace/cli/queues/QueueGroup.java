package io.headrace.cli.queues;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about queues. */
@Command(
        name = "queue",
        description = "Pause and resume queues.",
        subcommands = {PauseQueues.class, ResumeQueues.class},
        footerHeading = "%nExample:%n",
        footer = "  headrace queue pause mail")
public final class QueueGroup {

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
