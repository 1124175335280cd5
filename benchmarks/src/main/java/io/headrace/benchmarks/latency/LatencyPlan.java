package io.headrace.benchmarks.latency;

import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.report.Lines;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * A run is the same load three times: workers here, workers in another process, and here until jobs are settled; and a load of
 * its own, jobs that trickle in while handlers keep their threads.
 */
final class LatencyPlan implements Plan {

    private static final int STEPS = 4;
    private static final int LAST_WHOLE = 99;

    private final int rate;
    private final Map<String, Histogram> all = new LinkedHashMap<>();

    LatencyPlan(int rate) {
        this.rate = rate;
    }

    @Override
    public int steps() {
        return STEPS;
    }

    @Override
    public void warmUp(Bench bench) throws Exception {
        run(bench, new Measurements());
        all.clear();
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        LatencyTrial trial = new LatencyTrial(bench, rate, bench.settings().jobs());
        bench.step("handlers in this process");
        Latencies here = trial.here(new HeadraceContender());
        here.addTo(measured, "", "");
        bench.step("handlers in another process");
        Latencies elsewhere = trial.elsewhere(new HeadraceContender());
        elsewhere.addTo(measured, "", "_other_process");
        bench.step("until settled");
        Histogram settled = trial.untilSettled().fromCommit();
        Latencies.add(measured, "latency_settled", settled, "");
        bench.step("jobs that trickle in");
        new TrickleTrial(bench, bench.settings().jobs()).addTo(measured);
        keep("handler starts, same process", here.fromCommit());
        keep("handler starts, other process", elsewhere.fromCommit());
        keep("settled, same process", settled);
    }

    private void keep(String label, Histogram histogram) {
        all.merge(label, histogram, (sum, more) -> {
            sum.add(more);
            return sum;
        });
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        List<Double> percentiles = DoubleStream.concat(
                        IntStream.rangeClosed(1, LAST_WHOLE).asDoubleStream(), DoubleStream.of(99.5, 99.9))
                .boxed()
                .toList();
        return List.of(new Lines(
                "latency",
                "From enqueue commit, at " + rate + " jobs a second",
                "percentile",
                "ms",
                all.entrySet().stream()
                        .map(line -> new Lines.Line(
                                line.getKey(),
                                percentiles,
                                percentiles.stream()
                                        .map(percentile -> Latencies.at(line.getValue(), percentile))
                                        .toList()))
                        .toList()));
    }
}
