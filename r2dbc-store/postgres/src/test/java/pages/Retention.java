package pages;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOperator;
import io.headrace.JobTotals;
import io.headrace.spi.JobStore;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** The program of docs/retention.md. */
final class Retention {

    private Retention() {}

    static JobEngine engine(JobStore store, JobHandler<?> handler) {
        return JobEngine.builder(store)
                .completedRetention(Duration.ofDays(1))
                .failedRetention(Duration.ofDays(30))
                .subscribe(handler)
                .build();
    }

    static Flux<JobTotals> totals(JobStore store) {
        return JobOperator.create(store).totals();
    }
}
