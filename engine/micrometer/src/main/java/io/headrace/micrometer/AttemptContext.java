package io.headrace.micrometer;

import io.headrace.Job;
import io.headrace.JobOutcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.Map;

/** The observation context of an attempt. Its carrier is the job's headers, which contain the trace of the enqueue. */
public final class AttemptContext extends ReceiverContext<Map<String, String>> {

    private static final String BROKEN_OFF = "broken-off";
    private static final String ERROR = "error";

    private static final String COMPLETE = "complete";

    private static final JobOutcome.Cases<String> TEXT = new JobOutcome.Cases<>() {
        @Override
        public String complete() {
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
        public String fail(JobOutcome.Fail outcome) {
            return "fail";
        }

        @Override
        public String cancel(JobOutcome.Cancel outcome) {
            return "cancel";
        }
    };

    private final Job<?> job;
    private volatile String outcome = BROKEN_OFF;

    AttemptContext(Job<?> job) {
        super((carrier, key) -> carrier.get(key), Kind.CONSUMER);
        this.job = job;
        setCarrier(job.headers());
    }

    /** The job of the attempt. */
    public Job<?> job() {
        return job;
    }

    /**
     * The handler's outcome: {@code complete}, {@code retry}, {@code snooze}, {@code fail} or {@code cancel};
     * {@code error} if it threw; {@code broken-off} if the engine cancelled it, because of its timeout or a lost lease.
     * Known when the observation stops.
     */
    public String outcome() {
        return outcome;
    }

    void said(JobOutcome said) {
        outcome = said.fold(TEXT);
    }

    void completed() {
        if (outcome.equals(BROKEN_OFF)) {
            outcome = COMPLETE;
        }
    }

    void threw() {
        outcome = ERROR;
    }

    /** Whatever it had said does not count. */
    void brokenOff() {
        outcome = BROKEN_OFF;
    }
}
