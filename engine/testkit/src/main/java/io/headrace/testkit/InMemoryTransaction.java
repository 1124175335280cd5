package io.headrace.testkit;

import io.headrace.Enqueued;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import io.headrace.spi.TransactionAnswer;
import io.headrace.testkit.memory.complete.MemoryTransaction;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * A transaction of an {@link InMemoryJobStore}, for tests of handlers that call {@link io.headrace.Job#completeIn} or
 * {@link io.headrace.Job#stepIn}. Jobs that are completed in it are completed by {@link #commit()}, and not by {@link #rollback()}; the
 * same goes for steps that are recorded in it. Enqueueing in it fails with an
 * {@link UnsupportedOperationException}. Thread-safe.
 */
public final class InMemoryTransaction implements JobTransaction {

    private final MemoryTransaction transaction;

    InMemoryTransaction(MemoryTransaction transaction) {
        this.transaction = transaction;
    }

    /** Commits. Fails with a {@link io.headrace.LeaseLostException}, and rolls back, if a job was cancelled in the meantime. */
    public Mono<Void> commit() {
        return transaction.commit();
    }

    /** Rolls back. */
    public Mono<Void> rollback() {
        return transaction.rollback();
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return transaction.enqueue(jobs, by);
    }

    @Override
    public Mono<TransactionAnswer> complete(long worker, Settlement completion) {
        return transaction.complete(worker, completion);
    }

    @Override
    public Mono<TransactionAnswer> record(long worker, NewStep step) {
        return transaction.record(worker, step);
    }
}
