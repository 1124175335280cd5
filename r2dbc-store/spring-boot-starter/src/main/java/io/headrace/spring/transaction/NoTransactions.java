package io.headrace.spring.transaction;

import io.headrace.spi.JobTransaction;
import io.headrace.spring.TransactionMismatchException;
import io.r2dbc.spi.Connection;
import reactor.core.publisher.Mono;

/** Of a store that has no part in the transactions of a database. Thread-safe. */
final class NoTransactions implements CurrentTransaction {

    @Override
    public Mono<JobTransaction> find() {
        return Mono.empty();
    }

    @Override
    public JobTransaction of(Connection connection) {
        throw new TransactionMismatchException();
    }
}
