package io.headrace.engine.client;

import io.headrace.JobId;
import io.headrace.spi.JobEnd;
import reactor.core.publisher.Mono;

/** How a client learns that jobs have ended. */
public interface JobEnds {

    /**
     * Emits how a job ended, when it has.
     *
     * @param wantsResult whether the result is wanted; if not, the number of the last attempt is
     */
    Mono<JobEnd> end(JobId id, boolean wantsResult);

    /** Somebody of this process has done what may have ended a job. */
    void mayHaveChanged(JobId id);
}
