package io.headrace.benchmarks.idle;

import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.FreshDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run is one number of queues or engines after another, each with a process and a database of its own, which are left alone
 * before they are counted.
 */
record IdlePlan(List<Idle> idles, Duration settle, Duration window) implements Plan {

    private static final String LIVE = "SELECT count(*) FROM headrace.worker WHERE expires_at > now()";

    @Override
    public int steps() {
        return 2 * idles.size();
    }

    @Override
    public int warmUpSteps() {
        return 0;
    }

    /** Nothing gets faster by it: every process is new, and is left alone first. */
    @Override
    public void warmUp(Bench bench) {}

    @Override
    public void run(Bench bench, Measurements measured) throws IOException {
        for (Idle idle : idles) {
            bench.step(idle.description() + ", start");
            try (FreshDatabase database = bench.database()) {
                // A page goes into the WAL whole when it is first written after a checkpoint: none is to begin later.
                database.outside().run("CHECKPOINT");
                makeTables(bench.contenderSettings(database));
                try (IdleJvm jvm = IdleJvm.start(database, idle)) {
                    measure(bench, idle, database, jvm, measured);
                }
            }
        }
    }

    /** With the segments of the time to come, which an engine would otherwise make while it is counted. */
    private static void makeTables(ContenderSettings settings) {
        try (HeadraceContender headrace = new HeadraceContender()) {
            headrace.open(settings);
        }
    }

    private void measure(Bench bench, Idle idle, FreshDatabase database, IdleJvm jvm, Measurements measured) {
        // So that autovacuum finds nothing to do meanwhile, not even in the table that the first of the two fills.
        database.sql().run("VACUUM (ANALYZE)", "VACUUM (ANALYZE) pg_catalog.pg_statistic");
        Waiting.pass(settle);
        bench.step(idle.description() + ", counted for " + window.toSeconds() + " s");
        Reading before = Reading.of(database, jvm);
        Waiting.pass(window);
        Reading after = Reading.of(database, jvm);
        long live = database.sql().number(LIVE);
        if (live != idle.engines()) {
            throw new IllegalStateException(live + " of " + idle.engines() + " engines are alive");
        }
        after.addTo(measured, before, idle.name(), idle.engines());
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        return List.of(
                bars("transactions", "Transactions per minute and idle engine", "_transactions_per_minute", metrics),
                bars("cpu", "CPU of the JVM per minute and idle engine", "_cpu_s_per_minute", metrics),
                bars("wal", "WAL per minute and idle engine", "_wal_bytes_per_minute", metrics));
    }

    private Bars bars(String name, String title, String metric, Map<String, Metric> metrics) {
        Map<String, Metric> bars = new LinkedHashMap<>();
        for (Idle idle : idles) {
            Metric bar = metrics.get(idle.name() + metric);
            if (bar != null) {
                bars.put(idle.description(), bar);
            }
        }
        return new Bars(name, title, bars, false);
    }
}
