package io.headrace.operate;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A step of a job that will not run again.
 *
 * @param name unique among the steps of the job
 * @param attempt the attempt in which it ran, starting at 1
 * @param at when it was recorded
 * @param took how long it ran, in whole milliseconds
 * @param value what it returned, as raw JSON; {@code null} if it returned nothing, or if it may not be shown; a JSON text that
 *     says so if there is too much to show ({@link JobRecord#NOT_SHOWN})
 */
public record RecordedStep(
        String name,
        int attempt,
        Instant at,
        Duration took,
        @Nullable String value) {

    RecordedStep withValue(Function<String, @Nullable String> shown) {
        return value == null ? this : new RecordedStep(name, attempt, at, took, shown.apply(value));
    }
}
