package io.headrace.micrometer;

import io.headrace.Job;
import io.headrace.JobOutcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.Map;

/** What is observed of one attempt of a handler. Its carrier are the job's headers, where the trace of the enqueue is found. */
public final class AttemptContext extends ReceiverContext<Map<String, String>> {

    private static final String BROKEN_OFF = "broken-off";
    private static final String ERROR = "error";

    private final Job<?> job;
    private volatile String outcome = BROKEN_OFF;

    AttemptContext(Job<?> job) {
        super((carrier, key) -> carrier.get(key), Kind.CONSUMER);
        this.job = job;
        setCarrier(job.headers());
    }

    /** What is being handled. */
    public Job<?> job() {
        return job;
    }

    /**
     * What the handler said: {@code complete}, {@code retry}, {@code snooze}, {@code fail} or {@code cancel}; {@code error} if
     * it threw; {@code broken-off} if the engine cancelled it, at its timeout or since its lease was lost. Known when the
     * observation stops.
     */
    public String outcome() {
        return outcome;
    }

    void said(JobOutcome said) {
        if (said instanceof JobOutcome.Retry) {
            outcome = "retry";
        } else if (said instanceof JobOutcome.Snooze) {
            outcome = "snooze";
        } else if (said instanceof JobOutcome.Fail) {
            outcome = "fail";
        } else if (said instanceof JobOutcome.Cancel) {
            outcome = "cancel";
        } else {
            outcome = "complete";
        }
    }

    void completed() {
        if (outcome.equals(BROKEN_OFF)) {
            outcome = "complete";
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
