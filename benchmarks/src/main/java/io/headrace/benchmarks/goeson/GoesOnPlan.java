package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import java.util.List;
import java.util.Map;

/** A run is each trial once. */
record GoesOnPlan(List<GoesOnTrial> trials, GoesOnSettings settings) implements Plan {

    @Override
    public int steps() {
        return trials.size();
    }

    @Override
    public int warmUpSteps() {
        return timed().steps();
    }

    @Override
    public void warmUp(Bench bench) throws Exception {
        timed().run(bench, new Measurements());
    }

    private GoesOnPlan timed() {
        return new GoesOnPlan(trials.stream().filter(GoesOnTrial::isTimed).toList(), settings);
    }

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        for (GoesOnTrial trial : trials) {
            bench.step(trial.name());
            trial.measure(bench, settings, measured);
        }
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        return trials.stream().flatMap(trial -> trial.plots(metrics).stream()).toList();
    }
}
