package io.headrace.spi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store does with a job whose attempt has ended. */
public sealed interface Verdict {

    /** Calls the method of {@code cases} that matches this verdict, and returns its result. */
    <R> R fold(Cases<R> cases);

    /** The failure to record; {@code null} for none. */
    @Nullable
    Failure failure();

    /**
     * One method for each verdict. If a verdict is added here, the code does not compile until every place that depends
     * on verdicts handles it.
     *
     * @param <R> the type of the result
     */
    interface Cases<R> {

        /** For {@link Completed}. */
        R completed();

        /** For {@link CompletedWith}. */
        R completedWith(CompletedWith verdict);

        /** For {@link Retried}. */
        R retried(Retried verdict);

        /** For {@link Snoozed}. */
        R snoozed(Snoozed verdict);

        /** For {@link Awaiting}. */
        R awaiting(Awaiting verdict);

        /** For {@link Released}. */
        R released();

        /** For {@link Failed}. */
        R failed(Failed verdict);

        /** For {@link Cancelled}. */
        R cancelled(Cancelled verdict);
    }

    /** The job is completed, and releases its unique key. */
    enum Completed implements Verdict {
        /** The only instance. */
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

    /**
     * The job is completed, as by {@link Completed}; in the same transaction its result is kept and others are enqueued.
     *
     * @param result as JSON text; {@code null} for none
     * @param next the jobs to enqueue
     */
    record CompletedWith(@Nullable String result, List<EncodedJob> next) implements Verdict {
        public CompletedWith {
            next = List.copyOf(next);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.completedWith(this);
        }

        @Override
        public @Nullable Failure failure() {
            return null;
        }
    }

    /** The attempt failed and counts. The job is due again after the delay. */
    record Retried(Duration delay, Failure failure) implements Verdict {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.retried(this);
        }
    }

    /** The attempt does not count. The job is due again after the delay. */
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

    /**
     * The attempt does not count. The job is due again when a signal with the key has come, at once if it has come already,
     * and otherwise after the timeout. If an open transaction has sent such a signal, a store may make the job due within
     * seconds instead.
     *
     * @param key the key of the signal, 1 to 200 characters
     * @param timeout how long to wait for it
     */
    record Awaiting(String key, Duration timeout) implements Verdict {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.awaiting(this);
        }

        @Override
        public @Nullable Failure failure() {
            return null;
        }
    }

    /**
     * The attempt did not start, or was cancelled by the engine, and does not count. The job returns to its old place.
     */
    enum Released implements Verdict {
        /** The only instance. */
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

    /** The attempt failed and was the last. The job becomes a tombstone, which keeps its unique key. */
    record Failed(Failure failure) implements Verdict {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.failed(this);
        }
    }

    /** The job is cancelled. It becomes a tombstone, which releases its unique key. */
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
     * The cause of a failure.
     *
     * @param type the class name of the error, at most 200 characters
     * @param message the error message, at most 2,000 characters, without NUL
     * @param trace the stack trace; {@code null} for a failure that is not an error
     * @param fingerprint 16 hexadecimal digits, equal for failures of the same sort, see {@link Fingerprint}
     */
    record Failure(
            String type, @Nullable String message, @Nullable FailureTrace trace, String fingerprint) {

        /** The type of failure of a job that was cancelled by an operator or a client. */
        public static final String CANCELLED = "io.headrace.Cancelled";

        /** The type of failure of an attempt that ended with its lease. */
        public static final String LEASE_EXPIRED = "io.headrace.LeaseExpired";

        /** Creates a failure without a stack trace, of a sort that its type alone names. */
        public static Failure ofType(String type, @Nullable String message) {
            return new Failure(type, message, null, Fingerprint.of(List.of(type)));
        }
    }
}
