package io.headrace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One failed attempt, as recorded.
 *
 * @param attempt which one, from 1
 * @param at when it was recorded, by the database's clock
 * @param errorType the class of the error
 * @param message its message, cut at 2,000 characters
 * @param trace its stack trace, cut at 8,000 characters; {@code null} if it was not asked for
 */
public record AttemptFailure(
        int attempt,
        Instant at,
        String errorType,
        @Nullable String message,
        @Nullable String trace) {

    /** The same without its stack trace. */
    public AttemptFailure withoutTrace() {
        return trace == null ? this : new AttemptFailure(attempt, at, errorType, message, null);
    }
}
