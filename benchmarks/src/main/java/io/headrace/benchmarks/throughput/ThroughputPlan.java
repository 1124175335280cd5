package io.headrace.benchmarks.throughput;

import io.headrace.benchmarks.floor.FloorContender;
import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run is one thing after another, each in a database of its own; the floor has its turn between those of the engine. */
final class ThroughputPlan implements Plan {

    private static final int STEPS = 8;
    private static final String RATE = "jobs/s";
    private static final int MOST_COUNTED = 10_000;
    private static final int MOST_IN_TRANSACTIONS = 50_000;

    @Override
    public int steps() {
        return STEPS;
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        int jobs = bench.settings().jobs();
        bulk(bench, measured, jobs);
        floor(bench, measured, jobs);
        oneByOne(bench, measured, jobs);
        inTransactions(bench, measured, Math.min(jobs, MOST_IN_TRANSACTIONS));
        singleSets(bench, measured, jobs);
        cycle(bench, measured, jobs);
        cost(bench, measured, Math.min(jobs, MOST_COUNTED));
        measured.addRatio("engine_over_floor_enqueue", "enqueue_bulk_jobs_per_s", "floor_enqueue_bulk_jobs_per_s");
        measured.addRatio("engine_over_floor_drain", "drain_jobs_per_s", "floor_drain_jobs_per_s");
    }

    private static void bulk(Bench bench, Measurements measured, int jobs) throws Exception {
        bench.step("enqueue in bulk, drain");
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            HeadraceContender headrace = trial.contender();
            measured.add("enqueue_bulk_jobs_per_s", Trial.rate(jobs, () -> headrace.enqueueBulk(jobs)), RATE);
            Allocation allocation = Allocation.begin();
            measured.add("drain_jobs_per_s", trial.drainRate(jobs), RATE);
            measured.add("allocated_bytes_per_job", (double) allocation.bytes() / jobs, "bytes");
            headrace.audit();
        }
    }

    private static void floor(Bench bench, Measurements measured, int jobs) throws Exception {
        bench.step("the floor: enqueue in bulk, drain");
        try (Trial<FloorContender> trial = bench.trial(new FloorContender())) {
            measured.add(
                    "floor_enqueue_bulk_jobs_per_s",
                    Trial.rate(jobs, () -> trial.contender().enqueueBulk(jobs)),
                    RATE);
            measured.add("floor_drain_jobs_per_s", trial.drainRate(jobs), RATE);
        }
    }

    private static void oneByOne(Bench bench, Measurements measured, int jobs) throws Exception {
        bench.step("enqueue one by one from many callers");
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            HeadraceContender headrace = trial.contender();
            measured.add("enqueue_single_jobs_per_s", Trial.rate(jobs, () -> headrace.enqueueSingle(jobs)), RATE);
            headrace.audit();
        }
    }

    private static void inTransactions(Bench bench, Measurements measured, int jobs) throws Exception {
        bench.step("enqueue each in a transaction of the caller's");
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            HeadraceContender headrace = trial.contender();
            measured.add(
                    "enqueue_in_transactions_jobs_per_s",
                    Trial.rate(jobs, () -> headrace.enqueueInTransactions(jobs)),
                    RATE);
            headrace.audit();
        }
    }

    private static void singleSets(Bench bench, Measurements measured, int jobs) throws Exception {
        bench.step("drain sets of one job each");
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Backlog.in(trial.database(), bench.settings().payloadBytes()).oneByOne(jobs);
            measured.add("drain_single_sets_jobs_per_s", trial.drainRate(jobs), RATE);
            trial.contender().audit();
        }
        try (Trial<FloorContender> trial = bench.trial(new FloorContender())) {
            Backlog.in(trial.database(), bench.settings().payloadBytes()).oneByOne(jobs);
            measured.add("floor_drain_single_sets_jobs_per_s", trial.drainRate(jobs), RATE);
        }
    }

    private static void cycle(Bench bench, Measurements measured, int jobs) throws Exception {
        bench.step("enqueue and drain at once");
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            HeadraceContender headrace = trial.contender();
            measured.add("cycle_jobs_per_s", Trial.rate(jobs, () -> headrace.cycle(jobs)), RATE);
            headrace.audit();
        }
    }

    private static void cost(Bench bench, Measurements measured, int jobs) throws Exception {
        CostCount count = new CostCount(bench, jobs);
        bench.step("count what a job costs, in bulk");
        count.inBulk().addTo(measured, "_bulk", "");
        bench.step("count what a job costs, one by one");
        count.oneByOne().addTo(measured, "_single", "_single");
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        Map<String, Metric> rates = new LinkedHashMap<>();
        Map<String, Metric> wal = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> {
            if (name.endsWith("_jobs_per_s")) {
                rates.put(name.replace("_jobs_per_s", ""), metric);
            } else if (name.startsWith("wal_bytes")) {
                wal.put(name.replace("wal_bytes_per_job_", ""), metric);
            }
        });
        return List.of(
                new Bars("rates", "Jobs a second", rates, false), new Bars("wal", "WAL bytes a job", wal, false));
    }
}
