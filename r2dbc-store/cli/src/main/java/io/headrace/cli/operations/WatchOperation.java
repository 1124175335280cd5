package io.headrace.cli.operations;

import io.headrace.bulk.BulkOperation;
import io.headrace.cli.command.Desk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Waits for an operation. */
@Command(
        name = "watch",
        description = {
            "Wait until a bulk operation has ended, and show it. Exit code 3 if there is none.",
            "Goes on with it if the process that carried it out has ended."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace operations watch 01Q8ZPXRG0002")
final class WatchOperation extends OneOperation {

    @Override
    @Nullable
    BulkOperation act(Desk desk, String operation) {
        return awaitAny(desk.operator()
                .bulk()
                .watch(operation)
                .doOnNext(now -> CarryOut.progress(now, shell()))
                .takeLast(1)
                .next());
    }
}
