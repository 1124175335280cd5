package io.headrace.benchmarks.compare;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.latency.LatencyScenario;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import io.headrace.benchmarks.run.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The same work for Headrace, its peers and the floor, one after another in every run. */
public final class CompareScenario extends MeasuringScenario {

    private static final int MOST_LATENCY_JOBS = 1_000_000;

    private final List<Supplier<Contender>> contenders;

    /** One of them is Headrace. */
    public CompareScenario(List<Supplier<Contender>> contenders) {
        this.contenders = List.copyOf(contenders);
    }

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String summary() {
        return "the same work for Headrace, its peers and the floor, side by side";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(20_000, 3));
        options.add(new Option("--latency-jobs", "1000", "how many are enqueued at the rate; 0 for none"));
        options.add(LatencyScenario.RATE);
        options.add(WarmUp.option(10, "contender"));
        options.add(new Option("--only", "", "these contenders, by name, separated by commas; with headrace"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new ComparePlan(
                Chosen.of(contenders, options.text("--only")),
                options.number("--latency-jobs", 0, MOST_LATENCY_JOBS),
                LatencyScenario.rate(options),
                WarmUp.of(options));
    }
}
