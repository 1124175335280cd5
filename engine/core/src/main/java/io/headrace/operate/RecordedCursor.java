package io.headrace.operate;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far the loop of a job has come.
 *
 * @param attempt the attempt that moved it here, starting at 1
 * @param at when it was moved
 * @param value the cursor as raw JSON; {@code null} if it may not be shown
 */
public record RecordedCursor(
        int attempt, Instant at, @Nullable String value) {

    RecordedCursor withValue(Function<String, @Nullable String> shown) {
        return value == null ? this : new RecordedCursor(attempt, at, shown.apply(value));
    }
}
