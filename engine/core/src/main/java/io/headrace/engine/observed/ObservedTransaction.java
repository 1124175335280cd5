package io.headrace.engine.observed;

import io.headrace.Enqueued;
import io.headrace.engine.guard.GuardedCall;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewSignal;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import io.headrace.spi.TransactionAnswer;
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
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return calls.told(StoreCall.ENQUEUE, () -> transaction.enqueueAndClaim(jobs, request), answer -> jobs.size())
                .doOnNext(answer -> calls.enqueued(jobs, answer.enqueued()));
    }

    @Override
    public Mono<SignalAnswer> signal(NewSignal signal) {
        return calls.told(StoreCall.SIGNAL, () -> transaction.signal(signal), SignalAnswer::woken);
    }

    @Override
    public Mono<TransactionAnswer> complete(long worker, Settlement completion) {
        return GuardedCall.of(() -> transaction.complete(worker, completion));
    }

    @Override
    public Mono<TransactionAnswer> record(long worker, NewStep step) {
        return GuardedCall.of(() -> transaction.record(worker, step));
    }

    @Override
    public boolean reportsCommit() {
        return transaction.reportsCommit();
    }

    @Override
    public boolean afterCommit(Runnable action) {
        return transaction.afterCommit(action);
    }

    @Override
    public void afterRollback(Runnable action) {
        transaction.afterRollback(action);
    }
}
