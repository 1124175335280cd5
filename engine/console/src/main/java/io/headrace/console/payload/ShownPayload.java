package io.headrace.console.payload;

import org.jspecify.annotations.Nullable;

/**
 * A payload as it is shown.
 *
 * @param json the payload, or a JSON text that says why it is not shown
 * @param isShown whether it is the payload
 * @param transform by what it is stored transformed; {@code null} if it is not
 */
public record ShownPayload(
        String json, boolean isShown, @Nullable String transform) {}
