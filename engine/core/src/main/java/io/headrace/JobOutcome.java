package io.headrace;

import java.time.Duration;

/**
 * What a handler says of its job. A handler that completes without saying anything has said {@link #complete()}; one
 * that errors leaves the answer to its {@link RetryPolicy}. Of several outcomes emitted, the last counts.
 */
public sealed interface JobOutcome {

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

    /** Done. */
    enum Complete implements JobOutcome {
        /** There is only one way of being done. */
        INSTANCE
    }

    /** Try again after the delay; the attempt counts. */
    record Retry(Duration delay, String reason) implements JobOutcome {
        public Retry {
            delay = Limits.delay(delay);
        }
    }

    /** Run again after the delay; the attempt does not count. */
    record Snooze(Duration delay) implements JobOutcome {
        public Snooze {
            delay = Limits.delay(delay);
        }
    }

    /** Failed for good. */
    record Fail(String reason) implements JobOutcome {}

    /** No longer wanted. */
    record Cancel(String reason) implements JobOutcome {}
}
