package io.headrace.benchmarks.soak;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import java.util.ArrayList;
import java.util.List;

/** A steady load for as long as one likes, looked at every second. */
public final class SoakScenario extends MeasuringScenario {

    private static final int MOST_PER_SECOND = 200_000;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String summary() {
        return "a steady load for any length of time; every second the throughput, the tables and the heap";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(1));
        options.add(new Option("--duration", "60s", "how long: 90s, 10m, 2h"));
        options.add(new Option("--rate", "2000", "jobs enqueued a second"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new SoakPlan(options.duration("--duration"), options.number("--rate", 1, MOST_PER_SECOND));
    }
}
