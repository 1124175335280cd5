package io.headrace.console;

import io.headrace.JobSnapshot;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Decodes payloads for people, such as encrypted ones. It is asked only for actors with the right
 * {@link io.headrace.operate.Right#VIEW_PAYLOAD}, and what it returns passes the {@link Redaction}. Must be thread-safe and must
 * not block.
 */
@FunctionalInterface
public interface PayloadView {

    /**
     * Shows payloads as they are stored. The default. Transformed payloads ({@link JobSnapshot#payloadTransform}) are not
     * shown: a JSON text says so.
     */
    PayloadView STORED = job -> Mono.just(job.payload());

    /**
     * Returns the payload of a job as JSON text. On error, or if it is empty, the payload is replaced by a JSON text that says
     * so, and the rest of the job is shown.
     */
    Mono<String> decode(JobSnapshot job);

    /**
     * Decodes transformed payloads, and shows others as they are stored.
     *
     * @param transforms in any order
     * @throws io.headrace.InvalidSettingException if a name is invalid, or two are the same
     */
    static PayloadView of(PayloadTransform... transforms) {
        PayloadTransforms all = PayloadTransforms.of(List.of(transforms));
        return job -> Mono.fromCallable(() -> all.decode(job));
    }
}
