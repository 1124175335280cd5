package io.headrace.micrometer;

import io.headrace.JobOutcome;

/** How an observed call of a handler went, as its publisher said it. Thread-safe. */
class CallResult {

    private static final String BROKEN_OFF = "broken-off";
    private static final String ERROR = "error";
    private static final String COMPLETE = "complete";

    private static final JobOutcome.Cases<String> TEXT = new JobOutcome.Cases<>() {
        @Override
        public String complete() {
            return COMPLETE;
        }

        @Override
        public String completeWith(JobOutcome.CompleteWith outcome) {
            return COMPLETE;
        }

        @Override
        public String retry(JobOutcome.Retry outcome) {
            return "retry";
        }

        @Override
        public String snooze(JobOutcome.Snooze outcome) {
            return "snooze";
        }

        @Override
        public String await(JobOutcome.Await outcome) {
            return "await";
        }

        @Override
        public String fail(JobOutcome.Fail outcome) {
            return "fail";
        }

        @Override
        public String cancel(JobOutcome.Cancel outcome) {
            return "cancel";
        }
    };

    private volatile String outcome = BROKEN_OFF;

    String outcome() {
        return outcome;
    }

    void emitted(Object value) {
        if (value instanceof JobOutcome said) {
            outcome = said.fold(TEXT);
        }
    }

    void completed() {
        if (outcome.equals(BROKEN_OFF)) {
            outcome = COMPLETE;
        }
    }

    void threw() {
        outcome = ERROR;
    }

    /** Outcomes that were emitted before the error do not count. */
    void brokenOff() {
        outcome = BROKEN_OFF;
    }
}
