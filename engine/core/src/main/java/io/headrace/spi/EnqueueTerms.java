package io.headrace.spi;

import io.headrace.Enqueued;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The terms on which a job is enqueued, if it is not simply added. A job has at most one of them. Immutable. */
public sealed interface EnqueueTerms {

    /** Calls the method of {@code cases} that matches these terms, and returns its result. */
    <R> R fold(Cases<R> cases);

    /** Why a job on these terms is not created, if it is not. */
    Enqueued.Reason reason();

    /** The key that enqueues on these terms share with others of the kind; {@code null} if it is the job's unique key. */
    @Nullable
    String key();

    /**
     * The job's unique key is held until the period has passed since the enqueue, even if the job ends earlier.
     *
     * @param period positive, at most 365 days
     */
    record UniqueFor(Duration period) implements EnqueueTerms {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.uniqueFor(this);
        }

        @Override
        public Enqueued.Reason reason() {
            return Enqueued.Reason.UNIQUE_KEY;
        }

        @Override
        public @Nullable String key() {
            return null;
        }
    }

    /**
     * The job is added only if the throttle of its kind and key admits it: if fewer than {@code most} were admitted in the
     * period before now. Otherwise the answer is the latest that was admitted. The terms of the enqueue that asks apply;
     * each admission is remembered at least for the period with which it was asked for.
     *
     * @param key the key of the throttle
     * @param most how many are admitted in a period, 1 to 1,000
     * @param period positive, at most 365 days
     */
    record Throttle(String key, int most, Duration period) implements EnqueueTerms {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.throttle(this);
        }

        @Override
        public Enqueued.Reason reason() {
            return Enqueued.Reason.THROTTLED;
        }
    }

    /**
     * The job replaces the content of the waiting job that was enqueued on such terms with the same kind and key: payload,
     * headers, attempts, queue, priority and due time. It is due after its delay, the quiet time, but no later than
     * {@code atMost} after the first enqueue that the waiting job stands for. If there is none that still waits in its
     * first place, it is added: a job that has been leased is replaced no more, unless it was handed back there unrun.
     * After {@code atMost}, it may also be added if it had to wait for another enqueue that replaced the waiting job, so that
     * claims get that one.
     *
     * @param key the key of the debounce
     * @param atMost positive, at most 365 days
     */
    record Debounce(String key, Duration atMost) implements EnqueueTerms {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.debounce(this);
        }

        @Override
        public Enqueued.Reason reason() {
            return Enqueued.Reason.DEBOUNCED;
        }
    }

    /** One method per case. */
    interface Cases<R> {
        R uniqueFor(UniqueFor terms);

        R throttle(Throttle terms);

        R debounce(Debounce terms);
    }
}
