package io.headrace.cli.operations;

import io.headrace.bulk.BulkOperation;
import io.headrace.cli.command.Desk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Shows an operation. */
@Command(
        name = "show",
        description = "Show a bulk operation with its progress. Exit code 3 if there is none.",
        footerHeading = "%nExample:%n",
        footer = "  headrace operations show 01Q8ZPXRG0002")
final class ShowOperation extends OneOperation {

    @Override
    @Nullable
    BulkOperation act(Desk desk, String operation) {
        return awaitAny(desk.operator().bulk().find(operation));
    }
}
