package io.headrace.benchmarks.scale;

import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run is more and more engines, then queues, then jobs in the backlog; all are compared with the first of their kind. Then jobs
 * that nobody handles are in front, or are not.
 */
final class ScalePlan implements Plan {

    static final String RATE = "jobs/s";
    private static final String METRIC = "_drain_jobs_per_s";
    private static final int MOST_TO_WARM_UP = 200_000;

    private final Engines engines;
    private final Queues queues;
    private final Backlogs backlogs;
    private final Unhandled unhandled;

    ScalePlan(Engines engines, Queues queues, Backlogs backlogs, Unhandled unhandled) {
        this.engines = engines;
        this.queues = queues;
        this.backlogs = backlogs;
        this.unhandled = unhandled;
    }

    @Override
    public int steps() {
        return engines.counts().size()
                + queues.counts().size()
                + backlogs.sizes().size()
                + unhandled.steps();
    }

    @Override
    public void warmUp(Bench bench) throws Exception {
        RunSettings all = bench.settings();
        int jobs = Math.min(all.jobs(), MOST_TO_WARM_UP);
        Bench less = bench.with(new RunSettings(jobs, all.payloadBytes(), all.concurrency(), 1));
        engines.warmUp(less);
        new ScalePlan(engines, queues, backlogs.ofAtMost(MOST_TO_WARM_UP), unhandled).run(less, new Measurements());
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        for (int count : engines.counts()) {
            bench.step(count + " engines");
            measured.add("engines_" + count + METRIC, engines.rate(bench, count), RATE);
            addRatio(
                    measured,
                    "engines_",
                    Integer.toString(count),
                    Integer.toString(engines.counts().get(0)));
        }
        for (int count : queues.counts()) {
            bench.step(count + " queues");
            measured.add("queues_" + count + METRIC, Queues.rate(bench, count), RATE);
            addRatio(
                    measured,
                    "queues_",
                    Integer.toString(count),
                    Integer.toString(queues.counts().get(0)));
        }
        for (int size : backlogs.sizes()) {
            bench.step("a backlog of " + size);
            measured.add("backlog_" + Backlogs.label(size) + METRIC, Backlogs.rate(bench, size), RATE);
            addRatio(
                    measured,
                    "backlog_",
                    Backlogs.label(size),
                    Backlogs.label(backlogs.sizes().get(0)));
        }
        if (unhandled.count() > 0) {
            bench.step("only jobs that are handled");
            measured.add("clean" + METRIC, unhandled.rate(bench, false), RATE);
            bench.step(unhandled.count() + " jobs in front that nobody handles");
            measured.add("unhandled" + METRIC, unhandled.rate(bench, true), RATE);
        }
        measured.addRatio("unhandled_over_clean", "unhandled" + METRIC, "clean" + METRIC);
    }

    private static void addRatio(Measurements measured, String prefix, String of, String first) {
        if (!of.equals(first)) {
            measured.addRatio(prefix + of + "_over_" + first, prefix + of + METRIC, prefix + first + METRIC);
        }
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        List<Plot> plots = new ArrayList<>();
        addBars(plots, "engines", "Drain by engines, each in a JVM of its own", metrics);
        addBars(plots, "queues", "Drain by queues of one engine", metrics);
        addBars(plots, "backlog", "Drain by the size of the backlog", metrics);
        return plots;
    }

    private static void addBars(List<Plot> plots, String name, String title, Map<String, Metric> metrics) {
        Map<String, Metric> bars = new LinkedHashMap<>();
        metrics.forEach((metric, value) -> {
            if (metric.startsWith(name + "_") && metric.endsWith(METRIC)) {
                bars.put(metric.substring(name.length() + 1, metric.length() - METRIC.length()), value);
            }
        });
        if (!bars.isEmpty()) {
            plots.add(new Bars(name, title, bars, false));
        }
    }

    @Override
    public void close() {
        engines.close();
    }
}
