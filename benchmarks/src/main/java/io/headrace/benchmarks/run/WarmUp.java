package io.headrace.benchmarks.run;

import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.UsageException;
import java.time.Duration;

/** The option of scenarios that warm up by the clock. */
public final class WarmUp {

    private static final String NAME = "--warm-up";
    private static final int LONGEST_SECONDS = 3_600;

    private WarmUp() {}

    /**
     * The option.
     *
     * @param of what each takes so many seconds by default
     */
    public static Option option(int seconds, String of) {
        return new Option(NAME, Integer.toString(seconds), "seconds for each " + of + ", before anything is measured");
    }

    /**
     * Reads it.
     *
     * @throws UsageException if it cannot be
     */
    public static Duration of(Options options) throws UsageException {
        return Duration.ofSeconds(options.number(NAME, 0, LONGEST_SECONDS));
    }
}
