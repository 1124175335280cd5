package io.headrace.console;

import io.headrace.JobSnapshot;
import reactor.core.publisher.Mono;

/**
 * Decodes payloads for people, such as encrypted ones. It is asked only for actors with the right
 * {@link io.headrace.operate.Right#VIEW_PAYLOAD}, and what it returns passes the {@link Redaction}. Must be thread-safe and must
 * not block.
 */
@FunctionalInterface
public interface PayloadView {

    /** Shows payloads as they are stored. The default. */
    PayloadView STORED = job -> Mono.just(job.payload());

    /**
     * Returns the payload of a job as JSON text. On error, or if it is empty, the payload is replaced by a JSON text that says
     * so, and the rest of the job is shown.
     */
    Mono<String> decode(JobSnapshot job);
}
