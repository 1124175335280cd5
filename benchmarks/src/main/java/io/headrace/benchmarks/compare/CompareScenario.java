package io.headrace.benchmarks.compare;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.latency.LatencyScenario;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import io.headrace.benchmarks.run.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                5,
                "--jobs 10000 --latency-jobs 400 --runs 1 --warm-up 5",
                "--only headrace,floor --jobs 500 --latency-jobs 20 --rate 500 --runs 1 --warm-up 0",
                "ratio_drain_over_db_scheduler",
                "ratio_enqueue_single_over_db_scheduler",
                "ratio_drain_over_jobrunr",
                "ratio_drain_over_textbook_r2dbc",
                "ratio_enqueue_single_over_floor",
                "ratio_drain_over_floor"));
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
