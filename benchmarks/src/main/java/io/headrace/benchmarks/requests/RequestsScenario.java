package io.headrace.benchmarks.requests;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much longer a request of a WebFlux service takes that enqueues a job beside the row it inserts. */
public final class RequestsScenario extends MeasuringScenario {

    private static final Option RATE = new Option("--rate", "2000", "requests a second");
    private static final Option WARM_UP =
            new Option("--warm-up", "30", "seconds for each endpoint, in each run, before anything is measured");
    private static final int MOST_PER_SECOND = 100_000;
    private static final int LONGEST_WARM_UP = 3_600;

    @Override
    public String name() {
        return "requests";
    }

    @Override
    public String summary() {
        return "requests to a WebFlux service at a steady rate, with and without a job in their transaction";
    }

    /** Of {@code --jobs} each endpoint gets as many requests. */
    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(20_000, 5));
        options.add(RATE);
        options.add(WARM_UP);
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new RequestsPlan(
                options.number(RATE.name(), 1, MOST_PER_SECOND),
                Duration.ofSeconds(options.number(WARM_UP.name(), 0, LONGEST_WARM_UP)));
    }
}
