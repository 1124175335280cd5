package io.headrace.cli.jobs;

import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobReason;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains why a job is not running. */
@Command(
        name = "why",
        description = {
            "Explain why a job is not running, and what ends the wait; or who has it, or what became of it.",
            "Exit code 3 if there is no such job."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace jobs why 01Q8ZPXRG0002")
final class ExplainJob extends StoreVerb {

    @Parameters(paramLabel = "ID", description = "The id of the job.")
    private @Nullable JobId id;

    @Override
    protected int run(Desk desk) {
        if (id == null) {
            throw RefusedException.wrongArguments("Missing required parameter: 'ID'");
        }
        JobExplanation found = await(desk.operator().why(id));
        if (found.reason() instanceof JobReason.Unknown) {
            throw RefusedException.notFound(
                    "There is no job " + id + ". It was never enqueued, its transaction is open, or it was pruned");
        }
        answer(json(found), out -> print(out, found));
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, JobExplanation found) {
        Facts facts = new Facts()
                .fact("reason", found.reason().code())
                .fact("why", found.reason().describe())
                .fact("what next", found.reason().whatNext());
        for (JobReason also : found.also()) {
            facts = facts.fact("also", also.code()).fact("", also.describe()).fact("", also.whatNext());
        }
        facts.print(out);
    }

    private static Fields json(JobExplanation found) {
        return new Fields()
                .with("job", found.job())
                .with("reason", json(found.reason()))
                .with("also", found.also().stream().map(ExplainJob::json).toList());
    }

    private static Fields json(JobReason reason) {
        return new Fields()
                .with("code", reason.code())
                .with("text", reason.describe())
                .with("whatNext", reason.whatNext());
    }
}
