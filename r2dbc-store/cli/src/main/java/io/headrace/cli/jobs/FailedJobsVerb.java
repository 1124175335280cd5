package io.headrace.cli.jobs;

import io.headrace.FailedJobs;
import io.headrace.JobTotals;
import io.headrace.cli.command.Confirmation;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Does something to failed jobs. In bulk, it first shows how many there are, and asks. */
abstract class FailedJobsVerb extends StoreVerb {

    @Mixin
    private FailedSelection selection = new FailedSelection();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    /** What was done, in the order of the report. */
    record Done(long matched, long done, long raced, long prunedPastRetention) {}

    private final String verb;
    private final String past;

    FailedJobsVerb(String verb, String past) {
        this.verb = verb;
        this.past = past;
    }

    abstract Done act(Desk desk, FailedJobs which);

    @Override
    protected final void check() {
        selection.check();
    }

    @Override
    protected final int run(Desk desk) {
        if (selection.isBulk()) {
            preview(desk);
        }
        Done report = act(desk, selection.selected());
        answer(
                new Fields()
                        .with("matched", report.matched)
                        .with(past, report.done)
                        .with("raced", report.raced)
                        .with("prunedPastRetention", report.prunedPastRetention),
                out -> new Facts()
                        .fact("matched", report.matched)
                        .fact(past, report.done)
                        .fact("raced", report.raced)
                        .print(out));
        if (report.prunedPastRetention > 0) {
            warn(report.prunedPastRetention + " more had failed, but were pruned past their retention");
        }
        return isWhole(report) ? ExitCode.DONE : ExitCode.NOT_FOUND;
    }

    private boolean isWhole(Done report) {
        return report.raced == 0 && report.matched > 0 && report.matched >= selection.named();
    }

    private void preview(Desk desk) {
        List<JobTotals> failed =
                await(desk.operator().totals().filter(selection.matching()).collectList());
        long jobs = failed.stream().mapToLong(JobTotals::failed).sum();
        if (jobs == 0) {
            return;
        }
        Table table = new Table("QUEUE", "KIND", "FAILED");
        failed.forEach(each -> table.row(each.queue(), each.kind(), each.failed()));
        table.print(shell().err());
        confirmation.ask(shell(), verb + " " + jobs + (jobs == 1 ? " failed job?" : " failed jobs?"));
    }
}
