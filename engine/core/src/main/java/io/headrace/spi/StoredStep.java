package io.headrace.spi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step on record.
 *
 * @param name unique among the steps of its job
 * @param attempt the attempt in which it ran, starting at 1; an attempt that was not charged has the number of the next
 * @param at when it was recorded, by the store's clock
 * @param took how long it ran, in whole milliseconds
 * @param value what it returned, as JSON text; {@code null} if it was empty
 */
public record StoredStep(
        String name,
        int attempt,
        Instant at,
        Duration took,
        @Nullable String value) {}
