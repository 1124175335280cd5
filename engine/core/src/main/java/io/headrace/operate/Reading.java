package io.headrace.operate;

import java.util.Objects;

/**
 * Something that a {@link Diagnosis} has read. Immutable.
 *
 * @param code a stable name for programs, such as {@code OLDEST_SNAPSHOT}
 * @param name what it is, in a few words
 * @param value what was read, with its unit. The wording may change
 */
public record Reading(String code, String name, String value) {

    public Reading {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
