package io.headrace.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The terms on which a job is enqueued, if it is not simply added. A job has at most one of them. Immutable. */
public sealed interface EnqueueTerms {

    /** Calls the method of {@code cases} that matches these terms, and returns its result. */
    <R> R fold(Cases<R> cases);

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
        public @Nullable String key() {
            return null;
        }
    }

    /** One method per case. */
    interface Cases<R> {
        R uniqueFor(UniqueFor terms);
    }
}
