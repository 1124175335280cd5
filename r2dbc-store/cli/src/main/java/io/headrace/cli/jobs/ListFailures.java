package io.headrace.cli.jobs;

import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.operate.FailureCause;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows what failed jobs have in common. */
@Command(
        name = "failures",
        description = {
            "Show the causes of failed jobs, the most recently seen first: how many failed with each, since when, and where.",
            "Retry one job of a cause with 'headrace jobs retry --fingerprint FINGERPRINT --probe', then the rest."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace failures")
public final class ListFailures extends StoreVerb {

    @Override
    protected int run(Desk desk) {
        List<FailureCause> causes = await(desk.operator().failureCauses().collectList());
        Table table = new Table("FINGERPRINT", "JOBS", "FIRST SEEN", "LAST SEEN", "KINDS", "ERROR", "AT", "MESSAGE");
        causes.forEach(cause -> table.row(
                cause.fingerprint(),
                cause.isAtLeast() ? cause.count() + "+" : (Object) cause.count(),
                cause.firstSeen(),
                cause.lastSeen(),
                cause.kinds(),
                cause.errorType(),
                cause.frame(),
                cause.message()));
        answer(
                new Fields()
                        .with("causes", causes.stream().map(ListFailures::json).toList()),
                table::print);
        return ExitCode.DONE;
    }

    private static Fields json(FailureCause cause) {
        return new Fields()
                .with("fingerprint", cause.fingerprint())
                .with("errorType", cause.errorType())
                .with("frame", cause.frame())
                .with("message", cause.message())
                .with("count", cause.count())
                .with("atLeast", cause.isAtLeast())
                .with("kinds", cause.kinds().stream().sorted().toList())
                .with("queues", cause.queues().stream().sorted().toList())
                .with("firstSeen", cause.firstSeen())
                .with("lastSeen", cause.lastSeen())
                .with("version", cause.version())
                .with("latest", cause.latest());
    }
}
