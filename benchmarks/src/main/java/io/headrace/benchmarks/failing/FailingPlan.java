package io.headrace.benchmarks.failing;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.Trial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A run is the same jobs once for each share. Which of them fail is the same each time, and looks random. */
final class FailingPlan implements Plan {

    private static final List<Integer> PERCENTS = List.of(0, 1, 20, 100);
    private static final RetryPolicy SOON = RetryPolicy.defaults().backoff(Backoff.fixed(Duration.ofMillis(10)));
    private static final long MIXING = 0x9E3779B97F4A7C15L;
    private static final int MIXED_BITS = 32;
    private static final int HUNDRED = 100;

    @Override
    public int steps() {
        return PERCENTS.size();
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        for (int percent : PERCENTS) {
            bench.step(percent + " % fail");
            measured.add(metric(percent), rate(bench, percent), "jobs/s");
            if (percent > 0) {
                measured.addRatio("failing_" + percent + "_over_none", metric(percent), metric(0));
            }
        }
    }

    private static String metric(int percent) {
        return "failing_" + (percent == 0 ? "none" : Integer.toString(percent)) + "_jobs_per_s";
    }

    private static double rate(Bench bench, int percent) throws Exception {
        int jobs = bench.settings().jobs();
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            HeadraceContender headrace = trial.contender();
            headrace.enqueueBulk(jobs);
            Countdown succeeded = new Countdown(jobs);
            JobHandler<Payload> handler = JobHandler.of(Payload.TYPE, job -> attempt(job, percent, succeeded))
                    .retry(SOON);
            double rate = Trial.rate(jobs, () -> headrace.run(handler, List.of(JobType.DEFAULT_QUEUE), succeeded));
            headrace.audit();
            return rate;
        }
    }

    private static Mono<Void> attempt(Job<Payload> job, int percent, Countdown succeeded) {
        boolean fails = job.attempt() == 1 && isAmong(percent, job.payload().sequence());
        return fails ? Mono.error(new IllegalStateException("the first attempt fails")) : succeeded.one();
    }

    private static boolean isAmong(int percent, long sequence) {
        return ((sequence * MIXING) >>> MIXED_BITS) % HUNDRED < percent;
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        Map<String, Metric> bars = new LinkedHashMap<>();
        for (int percent : PERCENTS) {
            Metric bar = metrics.get(metric(percent));
            if (bar != null) {
                bars.put(percent + " %", bar);
            }
        }
        return List.of(new Bars("failing", "Drain by the share of first attempts that fail", bars, false));
    }
}
