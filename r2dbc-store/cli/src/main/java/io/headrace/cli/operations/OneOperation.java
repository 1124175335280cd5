package io.headrace.cli.operations;

import io.headrace.bulk.BulkOperation;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.print.Facts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Does something with one operation, and shows it. */
abstract class OneOperation extends StoreVerb {

    @Parameters(paramLabel = "ID", description = "The id of the operation.")
    private String id = "";

    /** {@code null} if it is unknown. */
    abstract @Nullable BulkOperation act(Desk desk, String operation);

    @Override
    protected final int run(Desk desk) {
        BulkOperation found = act(desk, id);
        if (found == null) {
            throw RefusedException.notFound(
                    "There is no operation " + id + ". List them with 'headrace operations list'");
        }
        answer(
                OperationText.json(found),
                out -> new Facts()
                        .fact("operation", found.id())
                        .fact("about", OperationText.about(found))
                        .fact("state", found.state())
                        .fact("started by", found.startedBy())
                        .fact("started", found.startedAt())
                        .fact("ended", found.endedAt())
                        .fact("matched", found.matched())
                        .fact("done", found.done())
                        .fact("raced", found.raced())
                        .fact("pruned", found.pruned())
                        .print(out));
        return ExitCode.DONE;
    }
}
