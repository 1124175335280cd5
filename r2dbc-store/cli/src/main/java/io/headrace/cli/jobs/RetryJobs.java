package io.headrace.cli.jobs;

import io.headrace.FailedJobs;
import io.headrace.RetryReport;
import io.headrace.cli.command.Desk;
import picocli.CommandLine.Command;

/** Retries failed jobs. */
@Command(
        name = "retry",
        description = {
            "Retry failed jobs with fresh attempts.",
            "Select them by exactly one of ids, --kind and --queue. By kind or queue, shows how many there are and asks.",
            "Exit code 3 if nothing matched, an id is not that of a failed job, or somebody else was faster."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace jobs retry 01Q8ZPXRG0002", "  headrace jobs retry --kind send-letter --yes"})
final class RetryJobs extends FailedJobsVerb {

    RetryJobs() {
        super("Retry", "retried");
    }

    @Override
    Done act(Desk desk, FailedJobs which) {
        RetryReport report = await(desk.operator().retryFailed(which));
        return new Done(report.matched(), report.retried(), report.raced(), report.prunedPastRetention());
    }
}
