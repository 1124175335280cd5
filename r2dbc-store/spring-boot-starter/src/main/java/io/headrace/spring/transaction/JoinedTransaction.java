package io.headrace.spring.transaction;

import io.headrace.Enqueued;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewSignal;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import io.headrace.spi.TransactionAnswer;
import io.r2dbc.spi.Connection;
import java.util.List;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/** A transaction of Spring's, which notifies its participants of how it ends. */
record JoinedTransaction(
        Connection connection, JobTransaction statements, TransactionSynchronizationManager transaction)
        implements JobTransaction {

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return statements.enqueue(jobs, by);
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return statements.enqueueAndClaim(jobs, request);
    }

    @Override
    public Mono<SignalAnswer> signal(NewSignal signal) {
        return statements.signal(signal);
    }

    @Override
    public Mono<TransactionAnswer> complete(long worker, Settlement completion) {
        return statements.complete(worker, completion);
    }

    @Override
    public Mono<TransactionAnswer> record(long worker, NewStep step) {
        return statements.record(worker, step);
    }

    /** Not if the connection is in no transaction, as when it takes part in one of another database's. */
    @Override
    public boolean reportsCommit() {
        return transaction.isSynchronizationActive() && !connection.isAutoCommit();
    }

    @Override
    public boolean afterCommit(Runnable action) {
        if (!transaction.isSynchronizationActive()) {
            return false;
        }
        ending().afterCommit(action);
        return true;
    }

    @Override
    public void afterRollback(Runnable action) {
        if (transaction.isSynchronizationActive()) {
            ending().afterRollback(action);
        }
    }

    private TransactionEnding ending() {
        for (TransactionSynchronization other : transaction.getSynchronizations()) {
            if (other instanceof TransactionEnding ours) {
                return ours;
            }
        }
        TransactionEnding first = new TransactionEnding(connection);
        transaction.registerSynchronization(first);
        return first;
    }
}
