package io.headrace.spring.transaction;

import io.headrace.postgres.PostgresJobStore;
import io.headrace.spi.JobTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Mono;

/** Finds the transaction of a subscriber. Thread-safe. */
public interface CurrentTransaction {

    /** Never finds a transaction. */
    CurrentTransaction NONE = new NoTransactions();

    /** Finds Spring's transactions of a connection factory. */
    static CurrentTransaction of(PostgresJobStore store, ConnectionFactory factory) {
        return new SpringTransaction(store, factory);
    }

    /**
     * Returns the transaction of the subscriber; empty if there is none.
     *
     * @return fails with a {@link io.headrace.spring.TransactionMismatchException} if there is one that cannot be
     *     joined
     */
    Mono<JobTransaction> find();

    /**
     * Returns the transaction of a connection.
     *
     * @throws io.headrace.spring.TransactionMismatchException if the store takes part in no transaction
     */
    JobTransaction of(Connection connection);
}
