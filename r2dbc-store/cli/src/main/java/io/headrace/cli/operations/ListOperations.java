package io.headrace.cli.operations;

import io.headrace.bulk.BulkOperation;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists operations. */
@Command(
        name = "list",
        description = "List bulk operations, the latest first, also those that have ended.",
        footerHeading = "%nExample:%n",
        footer = "  headrace operations list --limit 10")
final class ListOperations extends StoreVerb {

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many, at most 100. Default: 20.")
    private int limit;

    @Override
    protected int run(Desk desk) {
        List<BulkOperation> operations =
                await(desk.operator().bulk().list(limit).collectList());
        Table table = new Table("OPERATION", "STATE", "ABOUT", "MATCHED", "DONE", "RACED", "PRUNED", "BY", "STARTED");
        operations.forEach(each -> table.row(
                each.id(),
                each.state(),
                OperationText.about(each),
                each.matched(),
                each.done(),
                each.raced(),
                each.pruned(),
                each.startedBy(),
                each.startedAt()));
        answer(
                new Fields()
                        .with(
                                "operations",
                                operations.stream().map(OperationText::json).toList()),
                table::print);
        return ExitCode.DONE;
    }
}
