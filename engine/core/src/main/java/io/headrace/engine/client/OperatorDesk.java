package io.headrace.engine.client;

import io.headrace.AuditReport;
import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobConstraints;
import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobTotals;
import io.headrace.QueueSnapshot;
import io.headrace.RetryReport;
import io.headrace.WorkerSnapshot;
import io.headrace.spi.JobStore;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Operates queues and failed jobs: checks what it is asked and asks the store. Thread-safe. */
public class OperatorDesk {

    private final JobStore store;
    private final Runnable cancelledWhileLeased;

    /**
     * The desk of one store.
     *
     * @param cancelledWhileLeased is run when some worker, perhaps one of this process, has a job that was cancelled
     */
    public OperatorDesk(JobStore store, Runnable cancelledWhileLeased) {
        this.store = store;
        this.cancelledWhileLeased = cancelledWhileLeased;
    }

    public Mono<CancelAnswer> cancel(JobId id) {
        return store.decisions().cancel(Objects.requireNonNull(id, "id")).doOnNext(answer -> {
            if (answer == CancelAnswer.CANCELLED_WHILE_LEASED) {
                cancelledWhileLeased.run();
            }
        });
    }

    public Mono<RetryReport> retryFailed(FailedJobs which) {
        return store.decisions().retryFailed(Objects.requireNonNull(which, "which"));
    }

    public Mono<DiscardReport> discard(FailedJobs which) {
        return store.decisions().discard(Objects.requireNonNull(which, "which"));
    }

    public Mono<Void> pause(String queue) {
        Objects.requireNonNull(queue, "queue");
        return Mono.defer(() -> store.decisions().pause(JobConstraints.name("queue", queue)));
    }

    public Mono<Void> resume(String queue) {
        Objects.requireNonNull(queue, "queue");
        return Mono.defer(() -> store.decisions().resume(JobConstraints.name("queue", queue)));
    }

    public Mono<JobExplanation> why(JobId id) {
        return store.inspector().why(Objects.requireNonNull(id, "id"));
    }

    public Flux<QueueSnapshot> queues() {
        return store.inspector().queues();
    }

    public Flux<WorkerSnapshot> workers() {
        return store.inspector().workers();
    }

    public Flux<JobTotals> totals() {
        return store.inspector().totals();
    }

    public Mono<AuditReport> audit() {
        return store.inspector().audit();
    }
}
