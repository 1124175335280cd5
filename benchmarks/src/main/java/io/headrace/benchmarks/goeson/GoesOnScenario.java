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
    private static final String KILLED = "--killed";
    private static final int MOST_KILLED = 10_000_000;

    @Override
    public String name() {
        return "goes-on";
    }

    @Override
    public String summary() {
        return "batch handlers, and jobs that follow others while their workers are killed";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                3,
                "--jobs 50000 --killed 4000 --runs 1",
                "--jobs 1000 --killed 100 --runs 1 --warm-up-run no",
                "batch_over_single",
                "broken_chains",
                "doubled_chains"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(200_000, 3));
        options.add(new Option(KILLED, "20000", "jobs of a trial whose workers are killed"));
        options.add(new Option(ONLY, "", "these trials, by name, separated by commas"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new GoesOnPlan(
                GoesOnTrials.chosen(options.text(ONLY)), new GoesOnSettings(options.number(KILLED, 1, MOST_KILLED)));
    }
}
