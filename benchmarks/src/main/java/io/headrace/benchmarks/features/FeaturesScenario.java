package io.headrace.benchmarks.features;

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

/** What each feature costs. */
public final class FeaturesScenario extends MeasuringScenario {

    private static final String ONLY = "--only";

    @Override
    public String name() {
        return "features";
    }

    @Override
    public String summary() {
        return "jobs with each feature beside jobs without it: rate, WAL, statements and allocation";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                4,
                "--jobs 10000 --runs 1",
                "--jobs 100 --runs 1 --warm-up-run no --only unique_key",
                "feature_unique_key_over_plain",
                "feature_retries_over_plain",
                "feature_transaction_over_plain"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(20_000, 3));
        options.add(new Option(ONLY, "", "these features, by name, separated by commas"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new FeaturesPlan(Features.chosen(options.text(ONLY)));
    }
}
