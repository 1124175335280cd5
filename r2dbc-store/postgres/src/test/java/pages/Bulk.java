package pages;

import io.headrace.FailedJobs;
import io.headrace.JobOperator;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkOperator;
import io.headrace.spi.JobStore;
import java.util.function.LongConsumer;
import reactor.core.publisher.Mono;

/** The program of docs/bulk.md. */
final class Bulk {

    private final JobOperator operator;
    private final LongConsumer progress;

    Bulk(JobStore store, LongConsumer progress) {
        this.operator = JobOperator.create(store);
        this.progress = progress;
    }

    Mono<BulkOperation> retryAll(String kind) {
        BulkOperator bulk = operator.bulk();
        return bulk.start(new BulkAction.Retry(FailedJobs.ofKind(kind)))
                .flatMapMany(started -> bulk.watch(started.id()))
                .doOnNext(now -> progress.accept(now.done()))
                .last();
    }

    Mono<String> question(BulkAction action) {
        return operator.bulk()
                .preview(action)
                .map(preview -> (preview.isAtLeast() ? "At least " : "") + preview.count() + " jobs. Go on?");
    }
}
