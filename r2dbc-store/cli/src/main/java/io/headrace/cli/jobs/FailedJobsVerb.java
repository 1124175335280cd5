package io.headrace.cli.jobs;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.operations.CarryOut;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** Does something to failed jobs: to those that are named at once, to others as an operation. */
abstract class FailedJobsVerb extends StoreVerb {

    @Mixin
    private FailedSelection selection = new FailedSelection();

    @Mixin
    private CarryOut carryOut = new CarryOut();

    /** What was done, in the order of the report. */
    record Done(
            long matched,
            long done,
            long raced,
            long prunedPastRetention,
            @Nullable String operation) {}

    private final String verb;
    private final String past;

    FailedJobsVerb(String verb, String past) {
        this.verb = verb;
        this.past = past;
    }

    abstract Done act(Desk desk, FailedJobs which);

    /** Whether it is done to one of them only. */
    boolean isProbe() {
        return false;
    }

    abstract BulkAction action(FailedJobs which);

    @Override
    protected final void check() {
        selection.check();
    }

    @Override
    protected final int run(Desk desk) {
        FailedJobs which = selection.selected();
        if (isProbe()) {
            return probe(desk, which);
        }
        Done report = selection.isBulk() ? carryOut(desk, which) : act(desk, which);
        answer(
                new Fields()
                        .with("matched", report.matched)
                        .with(past, report.done)
                        .with("raced", report.raced)
                        .with("prunedPastRetention", report.prunedPastRetention)
                        .with("operation", report.operation),
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

    private int probe(Desk desk, FailedJobs which) {
        JobId probed = awaitAny(desk.operator().probe(which));
        if (probed == null) {
            throw RefusedException.notFound("Nothing was retried: no such job has failed, or somebody else was faster");
        }
        answer(new Fields().with("job", probed), out -> out.println(probed));
        say("Job " + probed + " is retried. See what becomes of it with 'headrace jobs why " + probed + "'.");
        return ExitCode.DONE;
    }

    private Done carryOut(Desk desk, FailedJobs which) {
        BulkOperation ended = carryOut.run(desk.operator().bulk(), action(which), verb, "failed jobs", shell());
        return new Done(ended.matched(), ended.done(), ended.raced(), ended.pruned(), ended.id());
    }

    private boolean isWhole(Done report) {
        return report.raced == 0 && report.matched > 0 && report.matched >= selection.named();
    }
}
