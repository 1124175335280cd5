package io.headrace.cli.jobs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about single jobs and about failed ones. */
@Command(
        name = "jobs",
        description = "List, show, explain, cancel, retry and discard jobs.",
        subcommands = {
            ListJobs.class,
            ShowJob.class,
            ExplainJob.class,
            RunJobsNow.class,
            CancelJobs.class,
            RetryJobs.class,
            DiscardJobs.class
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace jobs retry --kind send-letter")
public final class JobsGroup {

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
