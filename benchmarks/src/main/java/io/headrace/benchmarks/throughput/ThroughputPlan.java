package io.headrace.benchmarks.throughput;

import io.headrace.benchmarks.floor.FloorContender;
import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.headrace.CallersTransactions;
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

    private static final int STEPS = 9;
    private static final String RATE = "jobs/s";
    private static final String TRANSACTION_RATE = "transactions/s";
    private static final int MOST_COUNTED = 10_000;
    private static final int MOST_IN_TRANSACTIONS = 50_000;
    private static final int TURNS = 10;

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
        besideARow(bench, measured, Math.min(jobs, MOST_IN_TRANSACTIONS));
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
            try (CallersTransactions transactions = trial.contender().transactions()) {
                measured.add(
                        "enqueue_in_transactions_jobs_per_s", Trial.rate(jobs, () -> transactions.withJob(jobs)), RATE);
            }
            trial.contender().audit();
        }
    }

    /** In turns, the order of which changes, so that both sides see the same machine and tables of the same size. */
    private static void besideARow(Bench bench, Measurements measured, int jobs) throws Exception {
        bench.step("transactions with a row, with and without a job");
        int each = Math.max(1, jobs / TURNS);
        double with = 0;
        double without = 0;
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            try (CallersTransactions transactions = trial.contender().transactions()) {
                for (int turn = 0; turn < TURNS; turn++) {
                    if (turn % 2 == 0) {
                        without += Trial.seconds(() -> transactions.withRow(each));
                        with += Trial.seconds(() -> transactions.withRowAndJob(each));
                    } else {
                        with += Trial.seconds(() -> transactions.withRowAndJob(each));
                        without += Trial.seconds(() -> transactions.withRow(each));
                    }
                }
            }
            trial.contender().audit();
        }
        measured.add("transaction_with_row_per_s", TURNS * each / without, TRANSACTION_RATE);
        measured.add("transaction_with_row_and_job_per_s", TURNS * each / with, TRANSACTION_RATE);
        measured.addRatio(
                "transaction_with_job_over_without",
                "transaction_with_row_and_job_per_s",
                "transaction_with_row_per_s");
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
