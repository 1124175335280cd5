package io.headrace.console.api;

import io.headrace.console.json.RawJson;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A signal to send.
 *
 * @param value JSON text, stored digit by digit; {@code null} for none
 */
record SignalDraft(@Nullable String key, @Nullable String value) {

    String requiredKey() {
        return Bodies.required("key", key);
    }

    @Nullable
    RawJson json() {
        try {
            return value == null ? null : RawJson.of(value);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID_BODY, "value: " + e.getMessage(), e);
        }
    }
}
