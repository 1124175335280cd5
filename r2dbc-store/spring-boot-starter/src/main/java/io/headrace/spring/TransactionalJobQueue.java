package io.headrace.spring;

import io.headrace.JobProducer;
import io.headrace.JobQueue;

/**
 * The application's client, which knows Spring's reactive transactions: what is enqueued inside one joins it. Rolled back,
 * the jobs never existed; committed, they are all there, and workers that wait for them wake. Outside of one, each call
 * commits by itself. This is the bean that is injected as {@link JobQueue}. Safe to use from many threads.
 *
 * <p>In a transaction each call is a statement of its connection's, so enqueue one at a time there; an error of one ends the
 * transaction, as PostgreSQL has it. A transaction of another {@code ConnectionFactory} than that of the jobs cannot be
 * joined: enqueueing inside it errs with a {@link TransactionMismatchException}.
 *
 * <p>{@code headrace.client.transactions} says what the client itself does: {@code join}, the default; {@code require}, as {@link
 * #requiringTransaction()}; {@code ignore}, as {@link #ignoringTransaction()}.
 */
public interface TransactionalJobQueue extends JobQueue {

    /** Enqueues in the transaction of the caller, and errs with a {@link NoTransactionException} where there is none. */
    JobProducer requiringTransaction();

    /** Enqueues at once and for good, whatever becomes of the transaction of the caller. */
    JobProducer ignoringTransaction();
}
