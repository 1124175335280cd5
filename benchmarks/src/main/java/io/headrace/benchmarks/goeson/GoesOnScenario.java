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
    private static final String SAMPLES = "--samples";
    private static final String WAITING = "--waiting";
    private static final String RACED = "--raced";
    private static final int MOST = 10_000_000;

    @Override
    public String name() {
        return "goes-on";
    }

    @Override
    public String summary() {
        return "batch handlers, steps, awaited results, signals, and what is recorded while workers are killed";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                3,
                "--jobs 50000 --killed 2000 --samples 200 --waiting 100000 --raced 2000 --runs 1",
                "--jobs 1000 --killed 100 --samples 10 --waiting 2000 --raced 200 --runs 1 --warm-up-run no",
                "batch_over_single",
                "steps_jobs_per_s",
                "wal_bytes_per_step",
                "statements_per_1000_steps",
                "signal_to_start_p50_ms",
                "await_p50_ms",
                "await_other_process_p50_ms",
                "waiting_claim_over_clean",
                "races_undecided",
                "broken_chains",
                "doubled_chains",
                "disagreeing_rows",
                "repeated_steps"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(200_000, 3));
        options.add(new Option(KILLED, "20000", "jobs of a trial whose workers are killed"));
        options.add(new Option(SAMPLES, "500", "requests and signals whose latency is taken"));
        options.add(new Option(WAITING, "1000000", "jobs that wait for signals while others are claimed"));
        options.add(new Option(RACED, "10000", "jobs whose timeouts race with their signals"));
        options.add(new Option(ONLY, "", "these trials, by name, separated by commas"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        GoesOnSettings more = new GoesOnSettings(
                options.number(KILLED, 1, MOST),
                options.number(SAMPLES, 1, MOST),
                options.number(WAITING, 1, MOST),
                options.number(RACED, 1, MOST));
        return new GoesOnPlan(GoesOnTrials.chosen(options.text(ONLY)), more);
    }
}
