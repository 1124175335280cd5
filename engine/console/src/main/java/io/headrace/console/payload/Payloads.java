package io.headrace.console.payload;

import io.headrace.JobSnapshot;
import io.headrace.PayloadTransforms;
import io.headrace.console.PayloadView;
import io.headrace.console.Redaction;
import io.headrace.operate.JobRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Shows the payloads of jobs, and the other values that belong to them, to actors who may see them. */
public final class Payloads {

    private static final Logger log = LoggerFactory.getLogger(Payloads.class);
    private static final String FAILED = "\"(not shown: the payload view failed, see the log)\"";
    private static final String TRANSFORMED =
            "\"(not shown: the payload is stored transformed, and no payload view decodes it)\"";

    private static final String VALUE_TRANSFORMED =
            "\"(not shown: the value is stored transformed, and no payload view decodes it)\"";

    private final PayloadView view;
    private final Redaction redaction;

    public Payloads(PayloadView view, Redaction redaction) {
        this.view = view;
        this.redaction = redaction;
    }

    /** Returns the whole payload, or a text that says why it is not shown. */
    public Mono<ShownPayload> payload(JobSnapshot job) {
        return Mono.defer(() -> view.decode(job))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The payload view returned no text")))
                .map(json -> shown(job, json))
                .onErrorResume(error -> {
                    log.warn("The payload of job {} cannot be shown", job.id(), error);
                    return Mono.just(new ShownPayload(FAILED, false, job.payloadTransform()));
                });
    }

    private ShownPayload shown(JobSnapshot job, String json) {
        String transform = job.payloadTransform();
        if (transform != null && json.equals(job.payload())) {
            return new ShownPayload(TRANSFORMED, false, transform);
        }
        return new ShownPayload(redaction.apply(job.kind(), json), true, transform);
    }

    /** Returns the headers; {@code null} if there are none. */
    public @Nullable String headers(JobSnapshot job) {
        return redacted(job, job.headers());
    }

    /** Returns the result, or a text that says why it is not shown; empty if there is none. */
    public Mono<String> result(JobSnapshot job) {
        return Mono.defer(() -> view.decodeResult(job))
                .map(json -> value(job, json))
                .onErrorResume(error -> {
                    log.warn("The result of job {} cannot be shown", job.id(), error);
                    return Mono.just(FAILED);
                });
    }

    /** Returns the record as its values may be seen, or with texts that say why they are not shown. */
    public Mono<JobRecord> record(JobSnapshot job, JobRecord record) {
        return Mono.defer(() -> view.decodeRecord(record))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The payload view returned no record")))
                .map(decoded -> decoded.withValues((subject, json) -> value(job, json)))
                .onErrorResume(error -> {
                    log.warn("What job {} has recorded cannot be shown", job.id(), error);
                    return Mono.just(record.withValues((subject, json) -> FAILED));
                });
    }

    private String value(JobSnapshot job, String json) {
        return PayloadTransforms.isTransformed(json) ? VALUE_TRANSFORMED : redaction.apply(job.kind(), json);
    }

    private @Nullable String redacted(JobSnapshot job, @Nullable String json) {
        return json == null ? null : redaction.apply(job.kind(), json);
    }
}
