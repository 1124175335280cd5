package io.headrace.spring.transaction;

import io.headrace.postgres.PostgresJobStore;
import io.headrace.spi.JobTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Mono;

/** Finds the transaction that a subscriber is in. Thread-safe. */
public interface CurrentTransaction {

    /** Where transactions are not looked for. */
    CurrentTransaction NONE = new NoTransactions();

    /** Of Spring, by a connection factory. */
    static CurrentTransaction of(PostgresJobStore store, ConnectionFactory factory) {
        return new SpringTransaction(store, factory);
    }

    /**
     * The transaction of the subscriber; empty if there is none.
     *
     * @return errors with a {@link io.headrace.spring.TransactionMismatchException} if there is one that cannot be joined
     */
    Mono<JobTransaction> find();

    /**
     * The transaction of a connection.
     *
     * @throws io.headrace.spring.TransactionMismatchException if the store has no part in any
     */
    JobTransaction of(Connection connection);
}
