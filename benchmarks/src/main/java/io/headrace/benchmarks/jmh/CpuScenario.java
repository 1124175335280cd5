package io.headrace.benchmarks.jmh;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.report.Environment;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Progress;
import io.headrace.benchmarks.report.Results;
import io.headrace.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH benchmarks, with short settings; {@code org.openjdk.jmh.Main} of the same jar takes any. It needs no server. */
public final class CpuScenario implements Scenario {

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String summary() {
        return "what is pure CPU: ids, payloads, rows, batches, backoff; time and bytes allocated for each, by JMH";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                2, "--warmups 1 --iterations 2", "--only JobId --forks 0 --warmups 0 --iterations 1 --iteration 10"));
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("--only", ".*", "a regular expression that the benchmark's name contains"),
                new Option("--forks", "1", "JVMs for each; 0 stays in this one, which is only good for a try"),
                new Option("--warmups", "3", "iterations that do not count"),
                new Option("--iterations", "5", "iterations that do"),
                new Option("--iteration", "1000", "ms for each"));
    }

    @Override
    public boolean run(Options options, Console console) throws UsageException, IOException {
        Optional<Path> out = options.path("--out");
        TimeValue each = TimeValue.milliseconds(options.millis("--iteration").toMillis());
        org.openjdk.jmh.runner.options.Options jmh = new OptionsBuilder()
                .include(options.text("--only").orElse(".*"))
                .forks(options.number("--forks", 0, 10))
                .warmupIterations(options.number("--warmups", 0, 100))
                .warmupTime(each)
                .measurementIterations(options.number("--iterations", 1, 100))
                .measurementTime(each)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Map<String, Metric> metrics = run(jmh, console);
        print(metrics, console);
        if (out.isPresent()) {
            Map<String, String> settings = new TreeMap<>();
            options()
                    .forEach(option -> settings.put(
                            option.name().substring(2),
                            options.text(option.name()).orElse("")));
            Results results = new Results(name(), settings, Environment.of("none"), metrics);
            console.out().println("written to " + results.write(out.get()));
        }
        return true;
    }

    private static Map<String, Metric> run(org.openjdk.jmh.runner.options.Options jmh, Console console)
            throws UsageException, IOException {
        try (Progress progress = new Progress(console.err(), () -> "JMH is measuring")) {
            progress.say("each benchmark is warmed up and measured in a JVM of its own");
            Collection<RunResult> results = new Runner(jmh).run();
            Map<String, Metric> metrics = new TreeMap<>();
            results.forEach(result -> JmhMetrics.add(result, metrics));
            return metrics;
        } catch (NoBenchmarksException e) {
            throw new UsageException("--only leaves no benchmark");
        } catch (RunnerException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void print(Map<String, Metric> metrics, Console console) {
        Table table = Table.endingInText();
        table.row("median", "min", "max", "");
        metrics.forEach((name, metric) -> table.row(
                number(metric.median()), number(metric.min()), number(metric.max()), metric.unit() + "  " + name));
        table.lines().forEach(console.out()::println);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }
}
