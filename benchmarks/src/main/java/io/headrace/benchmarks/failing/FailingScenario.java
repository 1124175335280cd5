package io.headrace.benchmarks.failing;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import java.util.List;
import java.util.Optional;

/** Throughput where some of the first attempts fail. */
public final class FailingScenario extends MeasuringScenario {

    @Override
    public String name() {
        return "failing";
    }

    @Override
    public String summary() {
        return "drain where none, 1 %, 20 % and all of the first attempts fail and the second succeeds";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                1,
                "--jobs 50000 --runs 1",
                "--jobs 200 --runs 1 --warm-up-run no",
                "failing_1_over_none",
                "failing_20_over_none",
                "failing_100_over_none"));
    }

    @Override
    public List<Option> options() {
        return RunSettings.options(100_000, 3);
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) {
        return new FailingPlan();
    }
}
