package io.headrace.cli.jobs;

import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.cli.command.Bounds;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.operate.JobPage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Prints all jobs that match, as NDJSON. */
@Command(
        name = "export",
        description = {
            "Print all jobs that match, one line of JSON per job, in bounded memory.",
            "While jobs move from state to state, one may be missed or printed twice."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  headrace export --state FAILED > failed.ndjson",
            "  headrace export --kind send-letter --payloads --limit 1000"
        })
public final class ExportJobs extends StoreVerb {

    private static final int PAGE = 200;
    private static final int AT_ONCE = 2;

    @Mixin
    private JobFilterOptions options = new JobFilterOptions();

    @Option(names = "--payloads", description = "With payload and headers: a query for each job.")
    private boolean payloads;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most N jobs. Default: all.")
    private @Nullable Long limit;

    @Override
    protected void check() {
        Bounds.atLeastOne("--limit", limit);
    }

    @Override
    protected int run(Desk desk) {
        Flux<JobItem> jobs = all(desk.operator(), options.filter());
        Flux<Fields> lines = (limit == null ? jobs : jobs.take(limit))
                .flatMapSequential(
                        job -> payloads ? whole(desk.operator(), job) : Mono.just(JobLine.json(job)), AT_ONCE, PAGE);
        for (Fields line : lines.toIterable(PAGE)) {
            shell().out().println(line.json());
        }
        return ExitCode.DONE;
    }

    private static Flux<JobItem> all(JobOperator operator, JobFilter filter) {
        return operator.jobs(filter, null, PAGE)
                .expand(page -> page.next() == null ? Mono.empty() : operator.jobs(filter, page.next(), PAGE))
                .concatMapIterable(JobPage::jobs);
    }

    /** A job that has gone meanwhile has no payload any more. */
    private static Mono<Fields> whole(JobOperator operator, JobItem job) {
        return operator.find(job.id())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(found -> JobLine.json(job)
                        .with("payload", found.map(JobSnapshot::payload).orElse(null))
                        .with("headers", found.map(JobSnapshot::headers).orElse(null)));
    }
}
