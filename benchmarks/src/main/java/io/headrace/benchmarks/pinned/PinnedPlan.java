package io.headrace.benchmarks.pinned;

import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.report.Lines;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import io.headrace.benchmarks.run.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same jobs three times, each time in a database of its own: nobody in the way; an idle writer, who goes in the end; four
 * readers. Of a run's slices the last quarter counts, when as many rows have died as will.
 */
final class PinnedPlan implements Plan {

    private static final int WARM_UP_PART = 10;
    private static final String RATE = "jobs/s";

    private final int slices;
    /** Of the run that was last. */
    private final Map<String, Slices> series = new LinkedHashMap<>();

    PinnedPlan(int slices) {
        this.slices = slices;
    }

    private int recoverySlices() {
        return slices / 2;
    }

    @Override
    public int steps() {
        return 4;
    }

    @Override
    public void warmUp(Bench bench) throws Exception {
        RunSettings all = bench.settings();
        int jobs = Math.max(slices, all.jobs() / WARM_UP_PART);
        run(bench.with(new RunSettings(jobs, all.payloadBytes(), all.concurrency(), 1)), new Measurements());
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        clean(bench, measured);
        idleWriter(bench, measured);
        readers(bench, measured);
        measured.addRatio("pinned_over_clean_throughput", "pinned_jobs_per_s", "clean_jobs_per_s");
        measured.addRatio("recovered_over_clean_throughput", "recovered_jobs_per_s", "clean_jobs_per_s");
        measured.addRatio("readers_over_clean_throughput", "readers_jobs_per_s", "clean_jobs_per_s");
    }

    private void clean(Bench bench, Measurements measured) throws Exception {
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender());
                Horizon horizon = Horizon.free()) {
            keep("clean", slices(bench, trial, slices, horizon, "nobody in the way"), measured);
        }
    }

    private void idleWriter(Bench bench, Measurements measured) throws Exception {
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            try (Horizon horizon = Horizon.pinnedByAnIdleWriter(trial.database().sql())) {
                keep("pinned", slices(bench, trial, slices, horizon, "an idle transaction"), measured);
            }
            try (Horizon horizon = Horizon.free()) {
                keep("recovered", slices(bench, trial, recoverySlices(), horizon, "it is gone"), measured);
            }
            trial.contender().audit();
        }
    }

    private void readers(Bench bench, Measurements measured) throws Exception {
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender());
                Horizon horizon = Horizon.pinnedByReaders(trial.database().sql())) {
            keep("readers", slices(bench, trial, slices, horizon, "four readers"), measured);
        }
    }

    private Slices slices(Bench bench, Trial<HeadraceContender> trial, int count, Horizon horizon, String what)
            throws Exception {
        int jobs = bench.settings().jobs() / slices;
        bench.step(what + ", " + horizon.transactions().size() + " open");
        Backlog.in(trial.database(), bench.settings().payloadBytes()).oneByOne(jobs * count);
        Laps laps = new Laps(jobs, count);
        trial.contender()
                .run(JobHandler.of(Payload.TYPE, job -> laps.one()), List.of(JobType.DEFAULT_QUEUE), laps.countdown());
        return laps.slices();
    }

    private void keep(String name, Slices measuredNow, Measurements measured) {
        series.put(name, measuredNow);
        measured.add(name + "_jobs_per_s", measuredNow.end(), RATE);
        measured.add(name + "_flatness", measuredNow.flatness(), "ratio");
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        return List.of(new Lines(
                "slices",
                "Drain of jobs enqueued one by one, last run",
                "slice",
                RATE,
                series.entrySet().stream()
                        .map(line -> Lines.Line.numbered(
                                line.getKey(), line.getValue().rates()))
                        .toList()));
    }
}
