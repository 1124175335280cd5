package io.headrace.cli.jobs;

import io.headrace.JobId;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes waiting jobs due. */
@Command(
        name = "run-now",
        description = {
            "Make waiting jobs due now: those that are delayed, snoozed, or wait for a retry.",
            "Prints an answer for each. Exit code 3 if one does not wait, or does not exist."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace jobs run-now 01Q8ZPXRG0002")
final class RunJobsNow extends StoreVerb {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The id of a waiting job.")
    private List<JobId> ids = List.of();

    @Override
    protected int run(Desk desk) {
        JobAnswers<Boolean> answers =
                JobAnswers.of(ids, id -> await(desk.operator().runNow(id)));
        answer(answers.json("due"), answers.table(due -> due ? "DUE" : "DOES_NOT_WAIT")::print);
        return answers.allMatch(due -> due) ? ExitCode.DONE : ExitCode.NOT_FOUND;
    }
}
