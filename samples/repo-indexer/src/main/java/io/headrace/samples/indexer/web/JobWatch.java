package io.headrace.samples.indexer.web;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.UnknownJobException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** How jobs stand and what becomes of them, as it is shown. Thread-safe. */
@Component
final class JobWatch {

    private final JobClient client;

    JobWatch(JobClient client) {
        this.client = client;
    }

    /** How it stands, then each change that is seen; completes after the outcome. Cancelling ends the watching. */
    Flux<JobView> watch(JobId id) {
        return client.watch(id)
                .map(JobView::of)
                .onErrorResume(UnknownJobException.class, e -> Flux.just(JobView.forgotten(id)));
    }
}
