package io.headrace.benchmarks.oracle;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.report.Environment;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.MetricTable;
import io.headrace.benchmarks.report.Progress;
import io.headrace.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Random crons in random zones against a scan of every second. It needs no server. */
public final class CronOracleScenario implements Scenario {

    private static final String EXPRESSIONS = "--expressions";
    private static final String SEED = "--seed";

    @Override
    public String name() {
        return "cron-oracle";
    }

    @Override
    public String summary() {
        return "random cron expressions in random zones against a scan of every second, around changes of the clocks";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                1, "--expressions 1000", "--expressions 20", "instants_checked", "fires_compared", "differences"));
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option(EXPRESSIONS, "5000", "how many, each in a zone that is drawn for it"),
                new Option(SEED, "1", "where the random numbers start"));
    }

    @Override
    public boolean run(Options options, Console console) throws UsageException, IOException {
        Optional<Path> out = options.path("--out");
        int expressions = options.number(EXPRESSIONS, 1, 10_000_000);
        OracleRun run = new OracleRun(new Random(options.number(SEED, 0, Integer.MAX_VALUE)));
        try (Progress progress = new Progress(
                console.err(),
                () -> String.format(
                        Locale.ROOT,
                        "%,d of %,d expressions, %,d seconds scanned, %,d differences",
                        run.expressions(),
                        expressions,
                        run.instants(),
                        run.differences()))) {
            for (int i = 0; i < expressions; i++) {
                run.next().ifPresent(progress::say);
            }
        }
        Map<String, Metric> metrics = run.metrics();
        MetricTable.lines(metrics).forEach(console.out()::println);
        if (out.isPresent()) {
            Map<String, String> given = new TreeMap<>();
            options()
                    .forEach(option -> given.put(
                            option.name().substring(2),
                            options.text(option.name()).orElse("")));
            Results results = new Results(name(), given, Environment.of("none"), metrics);
            console.out().println("written to " + results.write(out.get()));
        }
        return run.differences() == 0;
    }
}
