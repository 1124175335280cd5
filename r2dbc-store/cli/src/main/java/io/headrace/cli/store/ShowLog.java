package io.headrace.cli.store;

import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.operate.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the operator log. */
@Command(
        name = "log",
        description = {
            "Show what operators have decided, the latest first: at the console, by the API, on the command line.",
            "A decision without an answer is being carried out, or its process ended."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace log --limit 20")
public final class ShowLog extends StoreVerb {

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many, at most 1000. Default: 50.")
    private int limit;

    @Option(names = "--before", paramLabel = "NUMBER", description = "Only decisions with a lower number.")
    private @Nullable Long before;

    @Override
    protected int run(Desk desk) {
        List<Decision> decisions =
                await(desk.operator().decisions(before, limit).collectList());
        Table table = new Table("NUMBER", "AT", "WHO", "ACTION", "SUBJECT", "COUNT", "ANSWER");
        decisions.forEach(each -> table.row(
                each.id(), each.at(), each.actor(), each.action(), each.subject(), each.count(), each.answer()));
        answer(
                new Fields()
                        .with("decisions", decisions.stream().map(ShowLog::json).toList()),
                table::print);
        return ExitCode.DONE;
    }

    private static Fields json(Decision decision) {
        return new Fields()
                .with("id", decision.id())
                .with("at", decision.at())
                .with("actor", decision.actor())
                .with("action", decision.action())
                .with("subject", decision.subject())
                .with("count", decision.count())
                .with("answer", decision.answer());
    }
}
