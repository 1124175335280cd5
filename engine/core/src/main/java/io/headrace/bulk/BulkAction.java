package io.headrace.bulk;

import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.JobId;
import java.util.Objects;
import java.util.Set;

/** What a {@link BulkOperation} does, and to which jobs. Immutable. */
public sealed interface BulkAction {

    /** The maximum number of jobs in a selection by id. */
    int MOST_IDS = 1_000;

    /** Calls the method of {@code cases} that matches this action, and returns its result. */
    <R> R fold(Cases<R> cases);

    /**
     * One method for each action.
     *
     * @param <R> the type of the result
     */
    interface Cases<R> {

        /** For {@link Retry}. */
        R retry(FailedJobs which);

        /** For {@link Discard}. */
        R discard(FailedJobs which);

        /** For {@link Cancel}. */
        R cancel(WaitingJobs which);
    }

    /**
     * Retries jobs that had failed when the operation was started, see {@link io.headrace.JobOperator#retryFailed}.
     *
     * @param which the jobs; by id, at most {@link #MOST_IDS}
     */
    record Retry(FailedJobs which) implements BulkAction {

        /**
         * Creates the action.
         *
         * @throws InvalidSettingException if there are too many ids
         */
        public Retry {
            checkIds(which);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.retry(which);
        }
    }

    /**
     * Discards jobs that had failed when the operation was started, see {@link io.headrace.JobOperator#discard}.
     *
     * @param which the jobs; by id, at most {@link #MOST_IDS}
     */
    record Discard(FailedJobs which) implements BulkAction {

        /**
         * Creates the action.
         *
         * @throws InvalidSettingException if there are too many ids
         */
        public Discard {
            checkIds(which);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.discard(which);
        }
    }

    /**
     * Cancels jobs that wait to run and were enqueued before the operation was started: due, scheduled, or waiting for a
     * retry. Running jobs go on.
     */
    record Cancel(WaitingJobs which) implements BulkAction {

        public Cancel {
            Objects.requireNonNull(which, "which");
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.cancel(which);
        }
    }

    private static void checkIds(FailedJobs which) {
        if (Objects.requireNonNull(which, "which") instanceof FailedJobs.ById byId) {
            Set<JobId> ids = byId.ids();
            if (ids.isEmpty() || ids.size() > MOST_IDS) {
                throw new InvalidSettingException(
                        "ids",
                        ids.size() + " are given, 1 to " + MOST_IDS + " are allowed. Select more by kind or queue");
            }
        }
    }
}
