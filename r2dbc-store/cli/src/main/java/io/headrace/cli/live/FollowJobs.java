package io.headrace.cli.live;

import io.headrace.cli.command.Bounds;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Line;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** Prints jobs as they end. */
@Command(
        name = "tail",
        description = {
            "Print jobs as they complete, fail or are cancelled, one per line, until Ctrl-C; with --json as NDJSON.",
            "Begins with those of the last seconds. At many thousands per second, only some are printed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace tail --queue mail --failed", "  headrace tail --count 3 --json"})
public final class FollowJobs extends StoreVerb {

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Only jobs of this queue.")
    private @Nullable String queue;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only jobs of this kind.")
    private @Nullable String kind;

    @Option(names = "--failed", description = "Only jobs that fail.")
    private boolean failed;

    @Option(names = "--count", paramLabel = "N", description = "Print N jobs, and end.")
    private @Nullable Long count;

    @Override
    protected void check() {
        Bounds.atLeastOne("--count", count);
    }

    @Override
    protected int run(Desk desk) {
        Flux<EndedJob> ended = desk.operator().ended(new EndedFilter(queue, kind, failed));
        for (EndedJob job : (count == null ? ended.takeUntilOther(shell().end()) : ended.take(count)).toIterable()) {
            answer(json(job), out -> out.println(line(job)));
            shell().out().flush();
        }
        return ExitCode.DONE;
    }

    private static String line(EndedJob job) {
        return Line.of(
                job.at(),
                job.id(),
                job.state(),
                job.queue(),
                job.kind(),
                job.attempt(),
                job.errorType(),
                job.message());
    }

    private static Fields json(EndedJob job) {
        return new Fields()
                .with("id", job.id())
                .with("state", job.state())
                .with("queue", job.queue())
                .with("kind", job.kind())
                .with("attempt", job.attempt())
                .with("at", job.at())
                .with("errorType", job.errorType())
                .with("message", job.message());
    }
}
