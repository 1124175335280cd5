package io.headrace.console;

import io.headrace.JobSnapshot;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.operate.JobRecord;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Decodes payloads and other values of jobs for people, such as encrypted ones. It is asked only for actors with the right
 * {@link io.headrace.operate.Right#VIEW_PAYLOAD}, and what it returns passes the {@link Redaction}. Must be thread-safe and must
 * not block.
 */
@FunctionalInterface
public interface PayloadView {

    /**
     * Shows payloads and values as they are stored. The default. What is transformed ({@link JobSnapshot#payloadTransform},
     * {@link PayloadTransforms#valueTransform}) is not shown: a JSON text says so.
     */
    PayloadView STORED = job -> Mono.just(job.payload());

    /**
     * Returns the payload of a job as JSON text. On error, or if it is empty, the payload is replaced by a JSON text that says
     * so, and the rest of the job is shown.
     */
    Mono<String> decode(JobSnapshot job);

    /**
     * Returns the result of a job as JSON text; empty if it has none. Default: as it is stored. On error, the result is
     * replaced by a JSON text that says so.
     */
    default Mono<String> decodeResult(JobSnapshot job) {
        return Mono.justOrEmpty(job.result());
    }

    /**
     * Returns what a job has recorded with its values as JSON text, see {@link JobRecord#withValues}. Default: as they are
     * stored. What is still transformed, or on error all values, are replaced by a JSON text that says so.
     */
    default Mono<JobRecord> decodeRecord(JobRecord record) {
        return Mono.just(record);
    }

    /**
     * Decodes what is transformed, and shows the rest as it is stored. Values that cannot be decoded are not shown.
     *
     * @param transforms in any order
     * @throws io.headrace.InvalidSettingException if a name is invalid, or two are the same
     */
    static PayloadView of(PayloadTransform... transforms) {
        return new TransformView(PayloadTransforms.of(List.of(transforms)));
    }
}
