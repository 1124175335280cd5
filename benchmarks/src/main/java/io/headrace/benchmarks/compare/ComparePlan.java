package io.headrace.benchmarks.compare;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.latency.LatencyTrial;
import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A run is everybody's turn, one after another; the ratios are those of each run. The metrics of Headrace have no prefix,
 * the others' have their name.
 */
final class ComparePlan implements Plan {

    private static final String OURS = "headrace";
    private static final String FLOOR = "floor";
    private static final String RATE = "jobs/s";
    private static final List<String> WORK = List.of("enqueue_bulk", "enqueue_single", "drain");
    private static final List<String> LATENCIES = List.of("latency_p50_ms", "latency_p99_ms");
    private static final List<String> PLACES = List.of("", "_other_process");

    private final Map<String, Supplier<Contender>> contenders;
    private final int latencyJobs;
    private final int rate;
    private final Duration warmUp;

    ComparePlan(Map<String, Supplier<Contender>> contenders, int latencyJobs, int rate, Duration warmUp) {
        this.contenders = contenders;
        this.warmUp = warmUp;
        this.latencyJobs = latencyJobs;
        this.rate = rate;
    }

    @Override
    public int steps() {
        return contenders.size() * (latencyJobs > 0 ? 2 : 1);
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        for (Map.Entry<String, Supplier<Contender>> contender : contenders.entrySet()) {
            bench.step(contender.getKey() + ": enqueue, drain");
            work(bench, contender.getValue(), prefix(contender.getKey()), measured);
        }
        if (latencyJobs > 0) {
            for (Map.Entry<String, Supplier<Contender>> contender : contenders.entrySet()) {
                bench.step(contender.getKey() + ": latency");
                latency(bench, contender.getValue(), prefix(contender.getKey()), measured);
            }
        }
        contenders.keySet().forEach(name -> addRatios(measured, name));
    }

    /** By the clock, not by the number of jobs: the fast have as much time to get warm as the slow. */
    @Override
    public void warmUp(Bench bench) throws Exception {
        for (Map.Entry<String, Supplier<Contender>> contender : contenders.entrySet()) {
            bench.step(contender.getKey() + ": enqueue, drain");
            long end = System.nanoTime() + warmUp.toNanos();
            do {
                work(bench, contender.getValue(), "", new Measurements());
            } while (System.nanoTime() < end);
        }
    }

    private static String prefix(String name) {
        return name.equals(OURS) ? "" : name + "_";
    }

    private static void work(Bench bench, Supplier<Contender> contender, String prefix, Measurements measured)
            throws Exception {
        int jobs = bench.settings().jobs();
        try (Trial<Contender> trial = bench.trial(contender.get())) {
            measured.add(
                    prefix + "enqueue_bulk_jobs_per_s",
                    Trial.rate(jobs, () -> trial.contender().enqueueBulk(jobs)),
                    RATE);
            measured.add(prefix + "drain_jobs_per_s", trial.drainRate(jobs), RATE);
        }
        try (Trial<Contender> trial = bench.trial(contender.get())) {
            measured.add(
                    prefix + "enqueue_single_jobs_per_s",
                    Trial.rate(jobs, () -> trial.contender().enqueueSingle(jobs)),
                    RATE);
        }
    }

    private void latency(Bench bench, Supplier<Contender> contender, String prefix, Measurements measured)
            throws Exception {
        LatencyTrial trial = new LatencyTrial(bench, rate, latencyJobs);
        if (contender.get().hasLatency()) {
            trial.here(contender.get()).addTo(measured, prefix, "");
            if (contender.get().sharesTables()) {
                trial.elsewhere(contender.get()).addTo(measured, prefix, "_other_process");
            }
        }
    }

    private static void addRatios(Measurements measured, String name) {
        if (name.equals(OURS)) {
            return;
        }
        for (String work : WORK) {
            String rate = work + "_jobs_per_s";
            measured.addRatio("ratio_" + work + "_over_" + name, rate, name + "_" + rate);
        }
        for (String latency : LATENCIES) {
            for (String place : PLACES) {
                measured.addRatio(
                        "ratio_" + latency.replace("_ms", "") + place + "_over_" + name,
                        latency + place,
                        name + "_" + latency + place);
            }
        }
        if (name.equals(FLOOR)) {
            measured.addRatio("engine_over_floor_drain", "drain_jobs_per_s", "floor_drain_jobs_per_s");
            measured.addRatio("engine_over_floor_enqueue", "enqueue_bulk_jobs_per_s", "floor_enqueue_bulk_jobs_per_s");
        }
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        List<Plot> plots = new ArrayList<>();
        addBars(plots, "drain", "Drain, jobs a second", "drain_jobs_per_s", metrics);
        addBars(plots, "enqueue_bulk", "Enqueue in bulk, jobs a second", "enqueue_bulk_jobs_per_s", metrics);
        addBars(plots, "enqueue_single", "Enqueue one by one, jobs a second", "enqueue_single_jobs_per_s", metrics);
        addBars(plots, "latency_p50", "Enqueue commit to handler, median", "latency_p50_ms", metrics);
        addBars(plots, "latency_p99", "Enqueue commit to handler, 99 of 100", "latency_p99_ms", metrics);
        return plots;
    }

    private void addBars(List<Plot> plots, String name, String title, String metric, Map<String, Metric> metrics) {
        Map<String, Metric> bars = new LinkedHashMap<>();
        for (String contender : contenders.keySet()) {
            Metric bar = metrics.get(prefix(contender) + metric);
            if (bar != null) {
                bars.put(contender, bar);
            }
        }
        if (!bars.isEmpty()) {
            plots.add(new Bars(name, title, bars, false));
        }
    }
}
