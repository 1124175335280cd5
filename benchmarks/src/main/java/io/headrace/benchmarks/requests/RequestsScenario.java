package io.headrace.benchmarks.requests;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.latency.LatencyScenario;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import io.headrace.benchmarks.run.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much longer a request of a WebFlux service takes that enqueues a job beside the row it inserts. */
public final class RequestsScenario extends MeasuringScenario {

    private static final int MOST_REQUESTS = 100_000;
    private static final Option RATE = new Option(LatencyScenario.RATE.name(), "2000", "requests a second");

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
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                5,
                "--jobs 2000 --rate 500 --runs 1 --warm-up 20 --limit-step 2000 --limit-at-most 4000",
                "--jobs 40 --rate 200 --runs 1 --warm-up 0 --limit-step 100 --limit-at-most 300",
                "request_row_p99_ms",
                "request_row_with_job_p99_ms",
                "request_p99_with_job_over_row",
                "request_p50_overhead_ms",
                "request_limit_with_job_over_row",
                "request_limit_with_job_over_transaction"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(20_000, 5));
        options.add(RATE);
        options.add(WarmUp.option(30, "endpoint, in each run"));
        options.add(new Option("--limit-step", "4000", "milliseconds for each rate that is tried to find the highest"));
        options.add(new Option("--limit-at-most", "16000", "the highest rate that is tried; 0 to look for none"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        return new RequestsPlan(
                LatencyScenario.rate(options),
                WarmUp.of(options),
                new Limits(options.millis("--limit-step"), options.number("--limit-at-most", 0, MOST_REQUESTS)));
    }
}
