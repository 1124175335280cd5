package pages;

import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.operate.JobPage;
import io.headrace.spi.JobStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/listing.md. */
final class Listing {

    private final JobOperator operator;

    Listing(JobStore store) {
        operator = JobOperator.create(store);
    }

    Flux<JobItem> failed(String kind) {
        JobFilter filter = JobFilter.any().withState(JobState.FAILED).withKind(kind);
        return operator.jobs(filter, null, 200)
                .expand(page -> page.next() == null ? Mono.empty() : operator.jobs(filter, page.next(), 200))
                .concatMapIterable(JobPage::jobs);
    }

    Mono<Boolean> runNow(JobId id) {
        return operator.runNow(id);
    }

    Mono<String> payload(JobId id) {
        return operator.find(id).map(job -> job.state() + " " + job.payload());
    }
}
