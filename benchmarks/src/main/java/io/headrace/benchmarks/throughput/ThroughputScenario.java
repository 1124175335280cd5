package io.headrace.benchmarks.throughput;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import java.util.List;

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
    public List<Option> options() {
        return RunSettings.options(200_000, 3);
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) {
        return new ThroughputPlan();
    }
}
