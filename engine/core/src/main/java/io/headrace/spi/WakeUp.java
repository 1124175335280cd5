package io.headrace.spi;

import io.headrace.JobId;
import java.time.Duration;
import java.util.Set;

/** What a store announces to the engines and clients of this process, see {@link JobStore#wakeUps()}. */
public sealed interface WakeUp {

    /** Calls the method of {@code cases} that matches this announcement, and returns its result. */
    <R> R fold(Cases<R> cases);

    /**
     * One method for each announcement. If one is added here, the code does not compile until every place that depends on
     * announcements handles it.
     *
     * @param <R> the type of the result
     */
    interface Cases<R> {

        /** For {@link EveryQueue}. */
        R everyQueue();

        /** For {@link Due}. */
        R due(Due wakeUp);

        /** For {@link Ended}. */
        R ended(Ended wakeUp);

        /** For {@link Silence}. */
        R silence();
    }

    /** Every queue may have a due job. From now on wake-ups are heard. */
    enum EveryQueue implements WakeUp {
        /** The only instance. */
        INSTANCE;

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.everyQueue();
        }
    }

    /**
     * A queue has a job that is due, or will be soon.
     *
     * @param queue the queue
     * @param in the time until the job is due; zero if it may be due now
     */
    record Due(String queue, Duration in) implements WakeUp {

        /** Announces a job that may be due now. */
        public Due(String queue) {
            this(queue, Duration.ZERO);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.due(this);
        }
    }

    /**
     * Awaited jobs have ended, see {@link ResultStore#await}.
     *
     * @param completed those that completed
     * @param others those that failed or were cancelled
     */
    record Ended(Set<JobId> completed, Set<JobId> others) implements WakeUp {

        public Ended {
            completed = Set.copyOf(completed);
            others = Set.copyOf(others);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.ended(this);
        }
    }

    /** Wake-ups are not heard until {@link EveryQueue}. Engines poll more often in the meantime. */
    enum Silence implements WakeUp {
        /** The only instance. */
        INSTANCE;

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.silence();
        }
    }
}
