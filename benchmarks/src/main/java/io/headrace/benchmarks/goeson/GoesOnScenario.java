package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What goes on where a plain job ends. */
public final class GoesOnScenario extends MeasuringScenario {

    private static final String ONLY = "--only";

    @Override
    public String name() {
        return "goes-on";
    }

    @Override
    public String summary() {
        return "a batch handler that inserts 500 rows in a call beside handlers that insert one each";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                1, "--jobs 50000 --runs 1", "--jobs 1000 --runs 1 --warm-up-run no", "batch_over_single"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(200_000, 3));
        options.add(new Option(ONLY, "", "these trials, by name, separated by commas"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new GoesOnPlan(GoesOnTrials.chosen(options.text(ONLY)));
    }
}
