package io.headrace.benchmarks.throughput;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import java.util.List;
import java.util.Optional;

/** Jobs a second, in and out, and what a job costs the server and the heap. */
public final class ThroughputScenario extends MeasuringScenario {

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String summary() {
        return "enqueue in bulk and one by one, drain, both at once; what a job costs in WAL, statements and allocation";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                4,
                "--jobs 100000 --runs 1 --concurrency 2000",
                "--jobs 500 --runs 1 --warm-up-run no",
                "drain_jobs_per_s",
                "enqueue_bulk_jobs_per_s",
                "enqueue_single_jobs_per_s",
                "engine_over_floor_drain",
                "transaction_with_job_over_without",
                "wal_bytes_per_job_bulk",
                "wal_bytes_per_job_single",
                "statements_per_1000_jobs",
                "allocated_bytes_per_job"));
    }

    @Override
    public List<Option> options() {
        return RunSettings.options(200_000, 3);
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) {
        return new ThroughputPlan();
    }
}
