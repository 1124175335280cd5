package io.headrace.benchmarks.pinned;

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

/** Throughput while somebody's old transaction keeps PostgreSQL from removing dead rows, and afterwards. */
public final class PinnedScenario extends MeasuringScenario {

    private static final int FEWEST_SLICES = 4;
    private static final int MOST_SLICES = 1_000;

    @Override
    public String name() {
        return "pinned-horizon";
    }

    @Override
    public String summary() {
        return "drain jobs enqueued one by one while a transaction stays open: an idle one, then four readers";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                2,
                "--jobs 200000 --runs 1 --concurrency 2000",
                "--jobs 800 --slices 4 --warm-up-run no",
                "pinned_over_clean_throughput",
                "pinned_flatness",
                "readers_over_clean_throughput"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(500_000, 1));
        options.add(new Option("--slices", "10", "parts of the jobs whose rates are told apart"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        int slices = options.number("--slices", FEWEST_SLICES, MOST_SLICES);
        if (settings.jobs() < slices) {
            throw new UsageException("--jobs must be one for each of --slices at least");
        }
        return new PinnedPlan(slices);
    }
}
