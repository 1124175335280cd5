package io.headrace.benchmarks.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A scenario that is over, as a part of an {@link Overview}.
 *
 * @param command what was run
 * @param failure why it failed; empty if it did not
 * @param took from its start to its end
 * @param headlines its metrics for the overview
 * @param folder where its results are, if it has any
 */
public record Chapter(
        String name,
        String command,
        Optional<String> failure,
        Duration took,
        Duration expected,
        List<String> headlines,
        Path folder) {

    private static final double MINUTE_SECONDS = 60;

    /** Whether it has not failed. */
    public boolean isSound() {
        return failure.isEmpty();
    }

    List<String> row() {
        return List.of(name, failure.map(reason -> "failed: " + reason).orElse("ok"), minutes(took), minutes(expected));
    }

    private static String minutes(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toSeconds() / MINUTE_SECONDS);
    }
}
