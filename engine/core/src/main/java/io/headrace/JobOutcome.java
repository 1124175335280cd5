package io.headrace;

import java.time.Duration;

/**
 * What a handler says of its job. A handler that completes without saying anything has said {@link #complete()}; one
 * that errors leaves the answer to its {@link RetryPolicy}. Of several outcomes emitted, the last counts.
 */
public sealed interface JobOutcome {

    /** Takes the outcome apart: asks the one case that it is. */
    <R> R fold(Cases<R> cases);

    /** Done. */
    static JobOutcome complete() {
        return Complete.INSTANCE;
    }

    /**
     * This attempt failed, try again after the delay. It counts as an attempt: the last one ends in a tombstone.
     *
     * @throws InvalidJobException if the delay is negative or over 100 years
     */
    static JobOutcome retry(Duration delay, String reason) {
        return new Retry(delay, reason);
    }

    /**
     * Not yet: run again after the delay, without counting this attempt.
     *
     * @throws InvalidJobException if the delay is negative or over 100 years
     */
    static JobOutcome snooze(Duration delay) {
        return new Snooze(delay);
    }

    /** Failed for good: a tombstone at once, whatever attempts are left. */
    static JobOutcome fail(String reason) {
        return new Fail(reason);
    }

    /** No longer wanted: a tombstone that is not a failure, and that releases the job's unique key. */
    static JobOutcome cancel(String reason) {
        return new Cancel(reason);
    }

    /**
     * An answer for each sort of outcome. An outcome that is added here does not compile until every place that depends on
     * outcomes has an answer for it.
     *
     * @param <R> what is answered
     */
    interface Cases<R> {

        /** For {@link Complete}. */
        R complete();

        /** For {@link Retry}. */
        R retry(Retry outcome);

        /** For {@link Snooze}. */
        R snooze(Snooze outcome);

        /** For {@link Fail}. */
        R fail(Fail outcome);

        /** For {@link Cancel}. */
        R cancel(Cancel outcome);
    }

    /** Done. */
    enum Complete implements JobOutcome {
        /** There is only one way of being done. */
        INSTANCE;

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.complete();
        }
    }

    /** Try again after the delay; the attempt counts. */
    record Retry(Duration delay, String reason) implements JobOutcome {
        public Retry {
            delay = Limits.delay(delay);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.retry(this);
        }
    }

    /** Run again after the delay; the attempt does not count. */
    record Snooze(Duration delay) implements JobOutcome {
        public Snooze {
            delay = Limits.delay(delay);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.snooze(this);
        }
    }

    /** Failed for good. */
    record Fail(String reason) implements JobOutcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.fail(this);
        }
    }

    /** No longer wanted. */
    record Cancel(String reason) implements JobOutcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.cancel(this);
        }
    }
}
