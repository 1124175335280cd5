package io.headrace.cli.jobs;

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
        Map<JobId, Boolean> answers = new LinkedHashMap<>();
        ids.forEach(
                id -> answers.computeIfAbsent(id, each -> await(desk.operator().runNow(each))));
        Table table = new Table("JOB", "ANSWER");
        answers.forEach((id, due) -> table.row(id, due ? "DUE" : "DOES_NOT_WAIT"));
        answer(
                new Fields()
                        .with(
                                "jobs",
                                answers.entrySet().stream()
                                        .map(each -> new Fields()
                                                .with("id", each.getKey())
                                                .with("due", each.getValue()))
                                        .toList()),
                table::print);
        return answers.containsValue(false) ? ExitCode.NOT_FOUND : ExitCode.DONE;
    }
}
