package io.headrace.benchmarks.latency;

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

/** How long a job waits for its handler while there is little to do. */
public final class LatencyScenario extends MeasuringScenario {

    /** Jobs a second, at which a worker is idle most of the time. */
    public static final Option RATE = new Option("--rate", "200", "jobs enqueued a second");

    private static final int MOST_PER_SECOND = 100_000;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String summary() {
        return "from a job's enqueueing at a steady rate to its handler, in this process and in another";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                3,
                "--jobs 1000 --runs 1",
                "--jobs 20 --rate 500 --runs 1 --warm-up-run no",
                "latency_p50_ms",
                "latency_p99_ms",
                "latency_p50_ms_other_process",
                "latency_p99_ms_other_process",
                "trickle_wait_over_handler"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(2_000, 3));
        options.add(RATE);
        return options;
    }

    /**
     * Reads {@link #RATE}.
     *
     * @throws UsageException if it cannot be
     */
    public static int rate(Options options) throws UsageException {
        return options.number(RATE.name(), 1, MOST_PER_SECOND);
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new LatencyPlan(rate(options));
    }
}
