package io.headrace.engine.observed;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.RetryReport;
import io.headrace.observe.StoreCall;
import io.headrace.spi.JobDecisions;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Decisions of which an observer is told what they forgot. */
record ObservedDecisions(JobDecisions decisions, ObservedCalls calls) implements JobDecisions {

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return decisions.cancel(id);
    }

    @Override
    public Mono<Boolean> runNow(JobId id) {
        return decisions.runNow(id);
    }

    @Override
    public Mono<Void> pause(String queue) {
        return decisions.pause(queue);
    }

    @Override
    public Mono<Void> resume(String queue) {
        return decisions.resume(queue);
    }

    @Override
    public Mono<RetryReport> retryFailed(FailedJobs which) {
        return decisions.retryFailed(which);
    }

    @Override
    public Mono<JobId> probe(FailedJobs which) {
        return decisions.probe(which);
    }

    @Override
    public Mono<DiscardReport> discard(FailedJobs which) {
        return decisions.discard(which);
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return forgetting(() -> decisions.prune(retention))
                .doOnNext(tombstones -> calls.observer().pruned(tombstones, 0));
    }

    @Override
    public Mono<Long> pruneCompleted(Duration retention) {
        return forgetting(() -> decisions.pruneCompleted(retention))
                .doOnNext(completed -> calls.observer().pruned(0, completed));
    }

    private Mono<Long> forgetting(Supplier<Mono<Long>> prune) {
        return calls.told(StoreCall.PRUNE, prune, Long::longValue);
    }
}
