package io.headrace.console;

import io.headrace.JobSnapshot;
import io.headrace.PayloadTransforms;
import io.headrace.TransformSubject;
import io.headrace.ValueTransformException;
import io.headrace.operate.JobRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Shows what transforms can decode. */
record TransformView(PayloadTransforms transforms) implements PayloadView {

    private static final Logger log = LoggerFactory.getLogger(TransformView.class);

    @Override
    public Mono<String> decode(JobSnapshot job) {
        return Mono.fromCallable(() -> transforms.decode(job));
    }

    @Override
    public Mono<String> decodeResult(JobSnapshot job) {
        return Mono.fromCallable(() -> transforms.decodeResult(job));
    }

    /** One that cannot be decoded stays as it is; the others are shown. */
    @Override
    public Mono<JobRecord> decodeRecord(JobRecord record) {
        return Mono.fromCallable(() -> record.withValues(this::value));
    }

    private String value(TransformSubject subject, String stored) {
        try {
            return transforms.decodeValue(subject, stored);
        } catch (ValueTransformException e) {
            log.warn("A value cannot be shown: {}", e.getMessage());
            return stored;
        }
    }
}
