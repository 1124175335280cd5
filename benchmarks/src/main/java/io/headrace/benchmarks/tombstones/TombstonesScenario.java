package io.headrace.benchmarks.tombstones;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.report.Environment;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Results;
import io.headrace.benchmarks.report.Table;
import io.headrace.benchmarks.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Retrying tens of thousands in a small heap, forgetting as many, and an engine beside that must not notice. */
public final class TombstonesScenario implements Scenario {

    @Override
    public String name() {
        return "tombstones";
    }

    @Override
    public String summary() {
        return "failed jobs are retried and forgotten by the ten thousand, in little memory and beside a working engine";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                2,
                "--pending 200000 --tombstones 40000",
                "--pending 500 --tombstones 100",
                "retry_jobs_per_s",
                "retry_lock_ms_max",
                "prune_lock_ms_max",
                "claim_over_idle_throughput",
                "audit_failures"));
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("--pending", "1000000", "jobs that wait and are worked on"),
                new Option("--tombstones", "100000", "failed jobs; one half is retried, the other forgotten"),
                new Option("--by", "call", "how they are retried: call, or bulk for a bulk operation"),
                new Option("--heap", "64", "MiB of the process that retries"));
    }

    @Override
    public boolean run(Options options, Console console) throws UsageException, IOException {
        Optional<Path> out = options.path("--out");
        TombstoneSettings settings = new TombstoneSettings(
                options.number("--pending", 1, 100_000_000),
                options.number("--tombstones", 2, 10_000_000),
                options.number("--heap", 16, 65_536),
                options.text("--by").filter("bulk"::equals).isPresent());
        try (Server server = Server.open(options.text("--url"));
                Yard yard = Yard.prepare(server)) {
            TombstoneOutcome outcome = new TombstoneRun(settings, console.err()).in(yard);
            print(outcome, console);
            if (out.isPresent()) {
                Map<String, String> given = new TreeMap<>();
                options()
                        .forEach(option -> given.put(
                                option.name().substring(2),
                                options.text(option.name()).orElse("")));
                Results results = new Results(name(), given, Environment.of(outcome.postgres()), outcome.metrics());
                console.out().println("written to " + results.write(out.get()));
            }
            return outcome.isSound();
        }
    }

    private static void print(TombstoneOutcome outcome, Console console) {
        Table table = Table.endingInText();
        outcome.metrics().forEach((name, metric) -> table.row(number(metric), metric.unit() + "  " + name));
        table.lines().forEach(console.out()::println);
        console.out().println("audit: " + outcome.audit());
    }

    private static String number(Metric metric) {
        return String.format(
                Locale.ROOT, metric.median() == Math.rint(metric.median()) ? "%,.0f" : "%,.2f", metric.median());
    }
}
