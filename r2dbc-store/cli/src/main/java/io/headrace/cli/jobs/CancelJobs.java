package io.headrace.cli.jobs;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.WaitingJobs;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.operations.CarryOut;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels jobs by their ids, or all that wait in a queue or are of a kind. */
@Command(
        name = "cancel",
        description = {
            "Cancel live jobs. One that waits never runs; the handler of one that runs is cancelled.",
            "By ids, prints an answer for each. Exit code 3 if one had ended before, or does not exist.",
            "With --queue, --kind or both, cancels the jobs that wait, none that runs: shows how many there are, asks, and",
            "carries it out as an operation, which goes on if this command is ended. Exit code 3 if none waits, or some raced."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace jobs cancel 01Q8ZPXRG0002", "  headrace jobs cancel --queue mail --kind send-letter --yes"
        })
final class CancelJobs extends StoreVerb {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "The id of a job.")
    private List<JobId> ids = List.of();

    @Option(names = "--queue", paramLabel = "QUEUE", description = "The jobs that wait in this queue.")
    private @Nullable String queue;

    @Option(names = "--kind", paramLabel = "KIND", description = "The waiting jobs of this kind.")
    private @Nullable String kind;

    @Mixin
    private CarryOut carryOut = new CarryOut();

    @Override
    protected void check() {
        if (ids.isEmpty() == (queue == null && kind == null)) {
            throw RefusedException.wrongArguments(
                    "Select jobs by ids, or waiting jobs by --queue, --kind or both; given: "
                            + (ids.isEmpty() ? "none" : "ids and a selection"));
        }
    }

    @Override
    protected int run(Desk desk) {
        return ids.isEmpty() ? cancelWaiting(desk) : cancelEach(desk);
    }

    private int cancelWaiting(Desk desk) {
        BulkAction action = new BulkAction.Cancel(new WaitingJobs(queue, kind));
        BulkOperation ended = carryOut.run(desk.operator().bulk(), action, "Cancel", "waiting jobs", shell());
        answer(
                new Fields()
                        .with("matched", ended.matched())
                        .with("cancelled", ended.done())
                        .with("raced", ended.raced())
                        .with("operation", ended.id()),
                out -> new Facts()
                        .fact("matched", ended.matched())
                        .fact("cancelled", ended.done())
                        .fact("raced", ended.raced())
                        .print(out));
        return ended.raced() == 0 && ended.matched() > 0 ? ExitCode.DONE : ExitCode.NOT_FOUND;
    }

    private int cancelEach(Desk desk) {
        JobAnswers<CancelAnswer> answers =
                JobAnswers.of(ids, id -> await(desk.operator().cancel(id)));
        answer(answers.json("answer"), answers.table(answer -> answer)::print);
        return answers.allMatch(CancelJobs::isCancelled) ? ExitCode.DONE : ExitCode.NOT_FOUND;
    }

    private static boolean isCancelled(CancelAnswer answer) {
        return switch (answer) {
            case CANCELLED, CANCELLED_WHILE_LEASED -> true;
            case TOO_LATE, UNKNOWN -> false;
        };
    }
}
