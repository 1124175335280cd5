package io.headrace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt, as recorded in the store.
 *
 * @param attempt the number of the attempt, starting at 1
 * @param at when the failure was recorded, by the database's clock
 * @param errorType the class name of the error
 * @param message the error message, cut at 2,000 characters
 * @param trace the stack trace, cut at about 10,000 characters; {@code null} if it was not requested
 * @param fingerprint 16 hexadecimal digits, equal for failures of the same sort: the same type of error and the same
 *     topmost frames of the application
 * @param engineVersion the version of the engine that made the attempt; {@code null} if it is not known
 */
public record AttemptFailure(
        int attempt,
        Instant at,
        String errorType,
        @Nullable String message,
        @Nullable String trace,
        @Nullable String fingerprint,
        @Nullable String engineVersion) {

    /** Returns this failure without its stack trace. */
    public AttemptFailure withoutTrace() {
        return trace == null
                ? this
                : new AttemptFailure(attempt, at, errorType, message, null, fingerprint, engineVersion);
    }
}
