package io.headrace.benchmarks.idle;

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

/** What engines cost that have nothing to do: transactions, CPU and WAL. */
public final class IdleScenario extends MeasuringScenario {

    private static final int MOST_QUEUES = 10_000;
    private static final int MOST_ENGINES = 100;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String summary() {
        return "transactions, CPU and WAL of engines without a job, by their queues and their number";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                6,
                "--window 60s --runs 1",
                "--queues 3 --engines none --settle 1s --window 1s --runs 1",
                "idle_1_transactions_per_minute",
                "idle_100_transactions_per_minute",
                "idle_1000_transactions_per_minute",
                "idle_10_engines_transactions_per_minute"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(3));
        options.add(new Option("--queues", "1,100,1000", "how many, of one engine; none to leave it out"));
        options.add(new Option("--engines", "10", "how many, on the same queue; none to leave it out"));
        options.add(new Option("--settle", "20s", "how long engines are left alone before they are counted"));
        options.add(new Option("--window", "120s", "for how long they are counted"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        List<Idle> idles = new ArrayList<>();
        options.numbers("--queues", 1, MOST_QUEUES).forEach(queues -> idles.add(Idle.queues(queues)));
        options.numbers("--engines", 1, MOST_ENGINES).forEach(engines -> idles.add(Idle.engines(engines)));
        return new IdlePlan(idles, options.duration("--settle"), options.duration("--window"));
    }
}
