package io.headrace.cli.operations;

import io.headrace.bulk.BulkOperation;
import io.headrace.cli.command.Desk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Stops an operation. */
@Command(
        name = "stop",
        description =
                "Stop a bulk operation after the jobs in flight. What it has done stays done. Exit code 3 if there is none.",
        footerHeading = "%nExample:%n",
        footer = "  headrace operations stop 01Q8ZPXRG0002")
final class StopOperation extends OneOperation {

    @Override
    @Nullable
    BulkOperation act(Desk desk, String operation) {
        return awaitAny(desk.operator().bulk().stop(operation));
    }
}
