package io.headrace.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the store is to do with a job whose attempt has ended. */
public sealed interface Verdict {

    /** Takes the verdict apart: asks the one case that it is. */
    <R> R fold(Cases<R> cases);

    /** The failure that is recorded with it; {@code null} for none. */
    @Nullable
    Failure failure();

    /**
     * An answer for each sort of verdict. A verdict that is added here does not compile until every place that depends on
     * verdicts has an answer for it.
     *
     * @param <R> what is answered
     */
    interface Cases<R> {

        /** For {@link Completed}. */
        R completed();

        /** For {@link Retried}. */
        R retried(Retried verdict);

        /** For {@link Snoozed}. */
        R snoozed(Snoozed verdict);

        /** For {@link Released}. */
        R released();

        /** For {@link Failed}. */
        R failed(Failed verdict);

        /** For {@link Cancelled}. */
        R cancelled(Cancelled verdict);
    }

    /** It is finished, and releases its unique key. */
    enum Completed implements Verdict {
        /** There is only one way of being finished. */
        INSTANCE;

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.completed();
        }

        @Override
        public @Nullable Failure failure() {
            return null;
        }
    }

    /** The attempt failed and counts; the job is due again after the delay. */
    record Retried(Duration delay, Failure failure) implements Verdict {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.retried(this);
        }
    }

    /** The attempt does not count; the job is due again after the delay. */
    record Snoozed(Duration delay) implements Verdict {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.snoozed(this);
        }

        @Override
        public @Nullable Failure failure() {
            return null;
        }
    }

    /** The attempt was not made, or was broken off, and does not count; the job takes its old place. */
    enum Released implements Verdict {
        /** There is only one way of handing back. */
        INSTANCE;

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.released();
        }

        @Override
        public @Nullable Failure failure() {
            return null;
        }
    }

    /** The attempt failed and was the last: a tombstone, which keeps the unique key. */
    record Failed(Failure failure) implements Verdict {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.failed(this);
        }
    }

    /** No longer wanted: a tombstone, which releases the unique key. */
    record Cancelled(Failure reason) implements Verdict {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.cancelled(this);
        }

        @Override
        public Failure failure() {
            return reason;
        }
    }

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
