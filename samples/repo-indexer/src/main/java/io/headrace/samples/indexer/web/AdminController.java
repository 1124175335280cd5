package io.headrace.samples.indexer.web;

import io.headrace.FailedJobs;
import io.headrace.JobOperator;
import io.headrace.RetryReport;
import io.headrace.samples.indexer.repository.IndexRepository;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What an operator does, over HTTP. */
@RestController
final class AdminController {

    private final JobOperator operator;

    AdminController(JobOperator operator) {
        this.operator = operator;
    }

    /** As the operator answers, see {@link RetryReport}. */
    record RetryView(long matched, long retried, long raced, long pruned) {

        static RetryView of(RetryReport report) {
            return new RetryView(report.matched(), report.retried(), report.raced(), report.prunedPastRetention());
        }
    }

    /** Gives all jobs that failed another life. */
    @PostMapping("/admin/retry")
    Mono<RetryView> retry() {
        return operator.retryFailed(FailedJobs.ofKind(IndexRepository.KIND)).map(RetryView::of);
    }
}
