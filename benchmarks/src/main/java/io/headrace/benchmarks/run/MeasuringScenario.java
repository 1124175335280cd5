package io.headrace.benchmarks.run;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.report.Environment;
import io.headrace.benchmarks.report.Grid;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.MetricTable;
import io.headrace.benchmarks.report.Report;
import io.headrace.benchmarks.report.Results;
import io.headrace.benchmarks.server.Server;
import io.headrace.benchmarks.server.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A scenario that runs its {@link Plan} to warm up and then as often as is asked, and reports what it measured. */
public abstract class MeasuringScenario implements Scenario {

    /**
     * Reads the options that are the scenario's own.
     *
     * @throws UsageException if they cannot be
     */
    protected abstract Plan plan(Options options, RunSettings settings) throws UsageException;

    @Override
    public final boolean run(Options options, Console console) throws UsageException, IOException {
        RunSettings settings = RunSettings.of(options);
        boolean isWarmedUp = RunSettings.isWarmedUp(options);
        try (Plan plan = plan(options, settings)) {
            Optional<Path> out = OutFolder.of(options);
            try (Server server = Server.open(options.text("--url"))) {
                Map<String, Metric> metrics = measure(plan, settings, isWarmedUp, server, console);
                List<Grid> grids = plan.grids(metrics);
                grids.stream().flatMap(grid -> grid.lines().stream()).forEach(console.out()::println);
                MetricTable.lines(metrics).forEach(console.out()::println);
                if (out.isPresent()) {
                    Results results = new Results(name(), given(options), environment(server), metrics);
                    Path page = Report.of(results, grids, plan.plots(metrics)).write(out.get());
                    console.out().println("written to " + page);
                }
                return true;
            }
        }
    }

    private static Map<String, Metric> measure(
            Plan plan, RunSettings settings, boolean isWarmedUp, Server server, Console console) throws IOException {
        Measurements measured = new Measurements();
        int total = (isWarmedUp ? plan.warmUpSteps() : 0) + plan.steps() * settings.runs();
        try (Steps steps = new Steps(total, console.err())) {
            if (isWarmedUp) {
                plan.warmUp(new Bench(server, settings, name -> steps.begin("warm-up: " + name)));
            }
            for (int run = 1; run <= settings.runs(); run++) {
                String prefix = "run " + run + " of " + settings.runs() + ": ";
                plan.run(new Bench(server, settings, name -> steps.begin(prefix + name)), measured);
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (Exception e) {
            throw new IOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        return measured.metrics();
    }

    /** All but where it was and where it went: an address may hold a password. */
    private static Map<String, String> given(Options options) {
        Map<String, String> settings = new TreeMap<>();
        options.values().forEach((name, value) -> {
            if (!name.equals("--url") && !name.equals("--out")) {
                settings.put(name.substring(2), value);
            }
        });
        return settings;
    }

    private static Map<String, String> environment(Server server) {
        Sql sql = new Sql(server.options(), Map.of());
        Map<String, String> facts = new TreeMap<>(Environment.of(sql.text("SHOW server_version")));
        for (String setting : new String[] {"fsync", "synchronous_commit", "shared_buffers", "max_wal_size"}) {
            facts.put(setting, sql.text("SHOW " + setting));
        }
        return facts;
    }
}
