package io.headrace.micrometer;

import io.headrace.JobBatch;
import io.micrometer.observation.Observation;

/** The observation context of a call of a batch handler. Each job has the trace of its enqueue in its headers. */
public final class BatchContext extends Observation.Context {

    private final JobBatch<?> batch;
    private final CallResult result = new CallResult();

    BatchContext(JobBatch<?> batch) {
        this.batch = batch;
    }

    /** The jobs of the call. */
    public JobBatch<?> batch() {
        return batch;
    }

    /**
     * How the call ended: {@code complete}, whatever the outcomes of single jobs, or the handler's outcome for all of them;
     * {@code error} if it threw; {@code broken-off} if the engine cancelled it, because of its timeout or because no job was
     * left. Known when the observation stops.
     */
    public String outcome() {
        return result.outcome();
    }

    CallResult result() {
        return result;
    }
}
