package io.headrace.cli.jobs;

import io.headrace.CancelAnswer;
import io.headrace.JobId;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Cancels jobs by their ids. */
@Command(
        name = "cancel",
        description = {
            "Cancel live jobs. One that waits never runs; the handler of one that runs is cancelled.",
            "Prints an answer for each. Exit code 3 if one had ended before, or does not exist."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace jobs cancel 01Q8ZPXRG0002")
final class CancelJobs extends StoreVerb {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The id of a job.")
    private List<JobId> ids = List.of();

    @Override
    protected int run(Desk desk) {
        Map<JobId, CancelAnswer> answers = new LinkedHashMap<>();
        ids.forEach(
                id -> answers.computeIfAbsent(id, each -> await(desk.operator().cancel(each))));
        Table table = new Table("JOB", "ANSWER");
        answers.forEach(table::row);
        answer(
                new Fields()
                        .with(
                                "jobs",
                                answers.entrySet().stream()
                                        .map(each -> new Fields()
                                                .with("id", each.getKey())
                                                .with("answer", each.getValue()))
                                        .toList()),
                table::print);
        return answers.values().stream().allMatch(CancelJobs::isCancelled) ? ExitCode.DONE : ExitCode.NOT_FOUND;
    }

    private static boolean isCancelled(CancelAnswer answer) {
        return switch (answer) {
            case CANCELLED, CANCELLED_WHILE_LEASED -> true;
            case TOO_LATE, UNKNOWN -> false;
        };
    }
}
