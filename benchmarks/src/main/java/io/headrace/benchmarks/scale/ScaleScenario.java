package io.headrace.benchmarks.scale;

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

/** What more engines, more queues, a larger backlog and jobs that nobody handles do to the throughput. */
public final class ScaleScenario extends MeasuringScenario {

    private static final int MOST_ENGINES = 32;
    private static final int MOST_QUEUES = 10_000;
    private static final int MOST_BACKLOG = 100_000_000;

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String summary() {
        return "drain by more engines, from more queues, out of larger backlogs, behind jobs that nobody handles";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                5,
                "--jobs 100000 --runs 1 --concurrency 2000 --backlogs 10000,1000000",
                "--jobs 500 --engines 1,2 --queues 1,3 --backlogs 1000,2000 --unhandled 500 --warm-up-run no",
                "engines_4_over_1",
                "queues_1000_over_1",
                "backlog_1m_over_10k",
                "unhandled_over_clean"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(200_000, 1));
        options.add(new Option("--engines", "1,2,4", "how many, each in a JVM of its own; none to leave it out"));
        options.add(new Option("--queues", "1,10,1000", "how many, of one engine; none to leave it out"));
        options.add(new Option("--backlogs", "10000,1000000,10000000", "how many jobs wait; none to leave it out"));
        options.add(
                new Option("--unhandled", "100000", "how many jobs without a handler are in front; 0 to leave it out"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new ScalePlan(
                new Engines(options.numbers("--engines", 1, MOST_ENGINES)),
                new Queues(options.numbers("--queues", 1, MOST_QUEUES)),
                new Backlogs(options.numbers("--backlogs", 1, MOST_BACKLOG)),
                new Unhandled(options.number("--unhandled", 0, MOST_BACKLOG)));
    }
}
