package io.headrace.console;

import io.headrace.console.payload.HiddenFields;
import java.util.Set;

/**
 * Hides parts of payloads and other values of jobs from everybody, whatever their rights. Must be thread-safe and must not block.
 */
@FunctionalInterface
public interface Redaction {

    /** Hides nothing. The default. */
    Redaction NOTHING = (kind, json) -> json;

    /**
     * Returns JSON text without what must not be seen.
     *
     * @param kind the kind of the job
     * @param json its payload, its result, the value of a step, of its cursor or of a signal, or its headers as an object with strings
     */
    String apply(String kind, String json);

    /**
     * Hides the values of fields, at any depth and in all kinds: each is replaced by the text {@code (hidden)}. Everything else
     * stays as it is, digit by digit.
     *
     * @param names the names of the fields; upper and lower case are the same
     */
    static Redaction ofFields(String... names) {
        return new HiddenFields(Set.of(names));
    }
}
