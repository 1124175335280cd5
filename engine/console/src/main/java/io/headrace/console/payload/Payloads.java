package io.headrace.console.payload;

import io.headrace.JobSnapshot;
import io.headrace.console.PayloadView;
import io.headrace.console.Redaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Shows the payloads and headers of jobs to actors who may see them. */
public final class Payloads {

    private static final Logger log = LoggerFactory.getLogger(Payloads.class);
    private static final String FAILED = "\"(not shown: the payload view failed, see the log)\"";

    private final PayloadView view;
    private final Redaction redaction;

    public Payloads(PayloadView view, Redaction redaction) {
        this.view = view;
        this.redaction = redaction;
    }

    /** Returns the whole payload. */
    public Mono<String> payload(JobSnapshot job) {
        return Mono.defer(() -> view.decode(job))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The payload view returned no text")))
                .map(json -> redaction.apply(job.kind(), json))
                .onErrorResume(error -> {
                    log.warn("The payload of job {} cannot be shown", job.id(), error);
                    return Mono.just(FAILED);
                });
    }

    /** Returns the headers; {@code null} if there are none. */
    public @Nullable String headers(JobSnapshot job) {
        return job.headers() == null ? null : redaction.apply(job.kind(), job.headers());
    }
}
