package io.headrace.spring;

import io.headrace.JobClient;
import io.headrace.JobProducer;
import io.r2dbc.spi.Connection;

/**
 * The application's client, which knows Spring's reactive transactions: what is enqueued inside one joins it. Rolled back,
 * the jobs never existed; committed, they are all there, and workers that wait for them wake. Outside of one, each call
 * commits by itself. This is the bean that is injected as {@link JobClient}. Safe to use from many threads.
 *
 * <p>In a transaction each call is a statement of its connection's, so enqueue one at a time there; an error of one ends the
 * transaction, as PostgreSQL has it. A transaction of another {@code ConnectionFactory} than that of the jobs cannot be
 * joined: enqueueing inside it errs with a {@link TransactionMismatchException}.
 *
 * <p>{@code headrace.client.transactions} says what the client itself does: {@code join}, the default; {@code require}, as {@link
 * #requiringTransaction()}; {@code ignore}, as {@link #ignoringTransaction()}.
 */
public interface TransactionalJobClient extends JobClient {

    /** Enqueues in the transaction of the caller, and errs with a {@link NoTransactionException} where there is none. */
    JobProducer requiringTransaction();

    /** Enqueues at once and for good, whatever becomes of the transaction of the caller. */
    JobProducer ignoringTransaction();

    /**
     * Enqueues in the transaction of a connection of the jobs' database, which somebody else has begun, commits or rolls back,
     * and has to himself meanwhile.
     *
     * @throws TransactionMismatchException if the jobs are not in a database that the connection could be of, as in tests
     */
    JobProducer in(Connection connection);
}
