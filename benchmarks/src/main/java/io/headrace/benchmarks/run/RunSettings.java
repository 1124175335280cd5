package io.headrace.benchmarks.run;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * What every measuring scenario is given.
 *
 * @param jobs how many; what they are for is the scenario's. 0 where their number is not what ends it
 * @param payloadBytes how long the JSON of a payload is
 * @param concurrency how many jobs an engine may run at a time
 * @param runs how many are measured, after one more that is not
 */
public record RunSettings(int jobs, int payloadBytes, int concurrency, int runs) {

    private static final String WARM_UP = "--warm-up-run";
    private static final int MOST_JOBS = 50_000_000;
    private static final int MOST_CONCURRENCY = 10_000;
    private static final int MOST_RUNS = 100;
    private static final int MOST_PAYLOAD_BYTES = 1 << 20;

    /** The options that are read here. */
    public static List<Option> options(int jobs, int runs) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("--jobs", Integer.toString(jobs), "how many"));
        options.addAll(options(runs));
        return options;
    }

    /** Those of a scenario whose end is not a number of jobs. */
    public static List<Option> options(int runs) {
        return List.of(
                new Option("--payload-bytes", "67", "the length of a payload's JSON"),
                new Option("--concurrency", "500", "how many jobs an engine runs at a time"),
                new Option("--runs", Integer.toString(runs), "how many are measured, after a warm-up that is not"),
                new Option(WARM_UP, "yes", "no to leave the warm-up out: its figures mean little then"));
    }

    /**
     * Whether a run that is not measured comes first.
     *
     * @throws UsageException if it is neither yes nor no
     */
    static boolean isWarmedUp(Options options) throws UsageException {
        String given = options.text(WARM_UP).orElse("");
        if (!given.equals("yes") && !given.equals("no")) {
            throw new UsageException(WARM_UP + " must be yes or no, not '" + OneLine.of(given) + "'");
        }
        return given.equals("yes");
    }

    static RunSettings of(Options options) throws UsageException {
        return new RunSettings(
                options.values().containsKey("--jobs") ? options.number("--jobs", 1, MOST_JOBS) : 0,
                options.number("--payload-bytes", 32, MOST_PAYLOAD_BYTES),
                options.number("--concurrency", 1, MOST_CONCURRENCY),
                options.number("--runs", 1, MOST_RUNS));
    }
}
