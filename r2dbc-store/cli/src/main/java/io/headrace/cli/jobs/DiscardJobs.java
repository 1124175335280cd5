package io.headrace.cli.jobs;

import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.bulk.BulkAction;
import io.headrace.cli.command.Desk;
import picocli.CommandLine.Command;

/** Discards failed jobs. */
@Command(
        name = "discard",
        description = {
            "Discard failed jobs: they can no longer be retried, and release their unique keys.",
            "Select them by exactly one of ids, --kind, --queue and --fingerprint. Unless given ids, shows how many there",
            "are, asks, and carries it out as an operation, which goes on if this command is ended.",
            "Exit code 3 if nothing matched, an id is not that of a failed job, or somebody else was faster."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace jobs discard 01Q8ZPXRG0002", "  headrace jobs discard --queue mail --yes"})
final class DiscardJobs extends FailedJobsVerb {

    DiscardJobs() {
        super("Discard", "discarded");
    }

    @Override
    BulkAction action(FailedJobs which) {
        return new BulkAction.Discard(which);
    }

    @Override
    Done act(Desk desk, FailedJobs which) {
        DiscardReport report = await(desk.operator().discard(which));
        return new Done(report.matched(), report.discarded(), report.raced(), report.prunedPastRetention(), null);
    }
}
