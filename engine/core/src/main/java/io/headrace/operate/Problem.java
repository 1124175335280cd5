package io.headrace.operate;

import java.util.Objects;

/**
 * Something that is wrong with a store or its surroundings, found by a {@link Diagnosis}. Immutable.
 *
 * @param code a stable name for programs, such as {@code OLD_SNAPSHOT}
 * @param what what is wrong and what it leads to, in plain English. The wording may change
 * @param remedy what to do about it, in plain English. The wording may change
 */
public record Problem(String code, Severity severity, String what, String remedy) {

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(remedy, "remedy");
    }

    @Override
    public String toString() {
        return severity + " " + code + ": " + what + ". " + remedy + ".";
    }
}
