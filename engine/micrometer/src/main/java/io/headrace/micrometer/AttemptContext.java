package io.headrace.micrometer;

import io.headrace.Job;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.Map;

/** The observation context of an attempt. Its carrier is the job's headers, which contain the trace of the enqueue. */
public final class AttemptContext extends ReceiverContext<Map<String, String>> {

    private final Job<?> job;
    private final CallResult result = new CallResult();

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
        return result.outcome();
    }

    CallResult result() {
        return result;
    }
}
