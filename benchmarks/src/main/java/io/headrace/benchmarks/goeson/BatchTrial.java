package io.headrace.benchmarks.goeson;

import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.RunSettings;
import io.headrace.benchmarks.run.Trial;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Each job inserts a row: 500 in a call of a batch handler, beside handlers of single jobs that insert one each. Both engines
 * run as many jobs at a time, enough for two full calls, and both applications have sixteen connections.
 */
record BatchTrial() implements GoesOnTrial {

    private static final int MOST = 500;
    private static final int CALLS_AT_A_TIME = 2;

    private static final String BATCH = "batch_jobs_per_s";
    private static final String SINGLE = "batch_single_jobs_per_s";

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public void measure(Bench bench, GoesOnSettings settings, Measurements measured) throws Exception {
        RunSettings given = bench.settings();
        Bench wide =
                bench.with(new RunSettings(given.jobs(), given.payloadBytes(), CALLS_AT_A_TIME * MOST, given.runs()));
        measured.add(SINGLE, rate(wide, BatchTrial::single), "jobs/s");
        measured.add(BATCH, rate(wide, BatchTrial::batch), "jobs/s");
        measured.addRatio("batch_over_single", BATCH, SINGLE);
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        Map<String, Metric> bars = new TreeMap<>();
        Map.of(SINGLE, "a row a call", BATCH, "500 rows a call").forEach((name, label) -> {
            Metric bar = metrics.get(name);
            if (bar != null) {
                bars.put(label, bar);
            }
        });
        return List.of(new Bars("batch-rates", "Jobs that insert a row, by the rows of a call", bars, false));
    }

    private static JobHandler<Payload> single(RowTable table, Countdown done) {
        return JobHandler.of(Payload.TYPE, job -> table.insert(job.payload()).then(Mono.defer(done::one)));
    }

    private static JobHandler<Payload> batch(RowTable table, Countdown done) {
        return JobHandler.batch(
                Payload.TYPE,
                settings -> settings.most(MOST),
                batch -> table.insert(batch.payloads())
                        .thenMany(Flux.fromIterable(batch).concatMap(job -> done.one())));
    }

    private static double rate(Bench bench, BiFunction<RowTable, Countdown, JobHandler<Payload>> handler)
            throws Exception {
        int jobs = bench.settings().jobs();
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender());
                RowTable table = new RowTable(trial.database(), bench.contenderSettings(trial.database()))) {
            HeadraceContender headrace = trial.contender();
            headrace.enqueueBulk(jobs);
            Countdown done = new Countdown(jobs);
            double rate = Trial.rate(
                    jobs, () -> headrace.run(handler.apply(table, done), List.of(JobType.DEFAULT_QUEUE), done));
            table.check(jobs);
            headrace.audit();
            return rate;
        }
    }
}
