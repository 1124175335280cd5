package io.headrace.engine.observed;

import io.headrace.Enqueued;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobTransaction;
import java.util.List;
import reactor.core.publisher.Mono;

/** A transaction of which an observer is told. */
public record ObservedTransaction(JobTransaction transaction, ObservedCalls calls) implements JobTransaction {

    public static JobTransaction of(JobTransaction transaction, JobObserver observer) {
        return observer == JobObserver.NONE
                ? transaction
                : new ObservedTransaction(transaction, new ObservedCalls(observer, null));
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return calls.told(StoreCall.ENQUEUE, () -> transaction.enqueue(jobs, by), List::size)
                .doOnNext(answers -> calls.enqueued(jobs, answers));
    }

    @Override
    public boolean afterCommit(Runnable action) {
        return transaction.afterCommit(action);
    }
}
