package io.headrace.spring;

import io.headrace.JobClient;
import io.headrace.JobProducer;
import io.headrace.spi.JobTransaction;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

/**
 * The application's client, which takes part in Spring's reactive transactions: enqueues inside a transaction join it.
 * On rollback, the jobs never existed. On commit, all of them exist, and workers that wait for them are woken. Outside
 * of a transaction, each call commits on its own. This is the bean that is injected as {@link JobClient}. Thread-safe.
 *
 * <p>In a transaction, each call is a statement on its connection, so enqueue sequentially. As always in PostgreSQL, an
 * error of one statement aborts the transaction. A transaction of a {@code ConnectionFactory} other than that of the
 * jobs cannot be joined: enqueueing inside it fails with a {@link TransactionMismatchException}.
 *
 * <p>{@code headrace.client.transactions} sets the behavior of the client itself: {@code join}, the default;
 * {@code require}, like {@link #requiringTransaction()}; {@code ignore}, like {@link #ignoringTransaction()}.
 */
public interface TransactionalJobClient extends JobClient {

    /**
     * Returns a producer that enqueues in the caller's transaction, and fails with a {@link NoTransactionException} if
     * there is none.
     */
    JobProducer requiringTransaction();

    /** Returns a producer that enqueues immediately and permanently, whatever the caller's transaction does. */
    JobProducer ignoringTransaction();

    /**
     * Returns a producer that enqueues in the transaction of a connection to the jobs' database. The caller begins,
     * commits or rolls back the transaction, and must not use the connection concurrently.
     *
     * @throws TransactionMismatchException if the jobs are not in a database to which the connection could belong, as
     *     in tests
     */
    JobProducer in(Connection connection);

    /**
     * Returns the transaction of the subscriber, for {@link io.headrace.Job#stepIn} and {@link io.headrace.Job#completeIn}.
     *
     * @return fails with a {@link NoTransactionException} if there is none, or the jobs are not in a database, as in tests; with a
     *     {@link TransactionMismatchException} if it is not one of the database of the jobs
     */
    Mono<JobTransaction> transaction();
}
