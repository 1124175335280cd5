package io.headrace.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the store is to do with a job whose attempt has ended. */
public sealed interface Verdict {

    /** It is finished, and releases its unique key. */
    enum Completed implements Verdict {
        /** There is only one way of being finished. */
        INSTANCE
    }

    /** The attempt failed and counts; the job is due again after the delay. */
    record Retried(Duration delay, Failure failure) implements Verdict {}

    /** The attempt does not count; the job is due again after the delay. */
    record Snoozed(Duration delay) implements Verdict {}

    /** The attempt was not made, or was broken off, and does not count; the job takes its old place. */
    enum Released implements Verdict {
        /** There is only one way of handing back. */
        INSTANCE
    }

    /** The attempt failed and was the last: a tombstone, which keeps the unique key. */
    record Failed(Failure failure) implements Verdict {}

    /** No longer wanted: a tombstone, which releases the unique key. */
    record Cancelled(Failure reason) implements Verdict {}

    /**
     * Why.
     *
     * @param type the class of the error, at most 200 characters
     * @param message at most 2,000 characters, without NUL
     * @param trace at most 8,000 characters, without NUL
     */
    record Failure(
            String type, @Nullable String message, @Nullable String trace) {

        /** How many characters it has in all. */
        public int length() {
            return type.length() + (message == null ? 0 : message.length()) + (trace == null ? 0 : trace.length());
        }
    }
}
