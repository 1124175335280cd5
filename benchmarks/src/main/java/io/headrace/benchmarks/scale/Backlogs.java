package io.headrace.benchmarks.scale;

import io.headrace.JobType;
import io.headrace.benchmarks.headrace.Backlog;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Trial;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Out of each backlog some jobs are drained, and as many added, several times over: the same work, whatever else waits.
 * What is taken is the rate between the first handler and the last.
 */
record Backlogs(List<Integer> sizes) {

    private static final int SLICES = 10;
    private static final int MOST_A_SLICE = 10_000;
    private static final int THOUSAND = 1_000;
    private static final int MILLION = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    Backlogs ofAtMost(int jobs) {
        return new Backlogs(sizes.stream().map(size -> Math.min(size, jobs)).toList());
    }

    static double rate(Bench bench, int size) throws Exception {
        int slice = Math.min(size, MOST_A_SLICE);
        try (Trial<HeadraceContender> trial = bench.trial(new HeadraceContender())) {
            Backlog backlog = Backlog.in(trial.database(), bench.settings().payloadBytes());
            backlog.inBulk(size);
            new Sql(trial.database().options(), Map.of(), PATIENCE).run("VACUUM (ANALYZE)", "CHECKPOINT");
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < SLICES; i++) {
                Countdown countdown = new Countdown(slice);
                trial.contender().drain(List.of(JobType.DEFAULT_QUEUE), countdown);
                rates.add(countdown.rateBetween());
                backlog.inBulk(slice);
            }
            return Metric.of(rates, "").median();
        }
    }

    /** 10k for 10,000. */
    static String label(int size) {
        if (size % MILLION == 0) {
            return size / MILLION + "m";
        }
        return size % THOUSAND == 0 ? size / THOUSAND + "k" : Integer.toString(size);
    }
}
