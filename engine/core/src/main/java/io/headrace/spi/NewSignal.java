package io.headrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A signal as a store takes it.
 *
 * @param key what jobs wait for
 * @param value the value as JSON; {@code null} for none
 * @param headers metadata such as a trace context, as a JSON object of strings; {@code null} for none
 */
public record NewSignal(
        String key, @Nullable String value, @Nullable String headers) {}
