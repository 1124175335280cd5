package io.headrace.cli.jobs;

import io.headrace.FailedJobs;
import io.headrace.RetryReport;
import io.headrace.bulk.BulkAction;
import io.headrace.cli.command.Desk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Retries failed jobs. */
@Command(
        name = "retry",
        description = {
            "Retry failed jobs with fresh attempts.",
            "Select them by exactly one of ids, --kind, --queue and --fingerprint. Unless given ids, shows how many there",
            "are, asks, and carries it out as an operation, which goes on if this command is ended.",
            "Exit code 3 if nothing matched, an id is not that of a failed job, or somebody else was faster."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  headrace jobs retry 01Q8ZPXRG0002",
            "  headrace jobs retry --kind send-letter --probe",
            "  headrace jobs retry --kind send-letter --yes"
        })
final class RetryJobs extends FailedJobsVerb {

    @Option(
            names = "--probe",
            description = "Retry only one of them, the one enqueued last, to see whether it succeeds. Does not ask.")
    private boolean probe;

    RetryJobs() {
        super("Retry", "retried");
    }

    @Override
    boolean isProbe() {
        return probe;
    }

    @Override
    BulkAction action(FailedJobs which) {
        return new BulkAction.Retry(which);
    }

    @Override
    Done act(Desk desk, FailedJobs which) {
        RetryReport report = await(desk.operator().retryFailed(which));
        return new Done(report.matched(), report.retried(), report.raced(), report.prunedPastRetention(), null);
    }
}
