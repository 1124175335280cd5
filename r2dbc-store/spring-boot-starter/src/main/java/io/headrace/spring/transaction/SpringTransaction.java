package io.headrace.spring.transaction;

import io.headrace.postgres.PostgresJobStore;
import io.headrace.spi.JobTransaction;
import io.headrace.spring.TransactionMismatchException;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import java.util.ArrayList;
import java.util.List;
import org.springframework.r2dbc.connection.ConnectionFactoryUtils;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/** The reactive transaction of the subscriber, as the store can join it. Thread-safe. */
final class SpringTransaction implements CurrentTransaction {

    private final PostgresJobStore store;
    private final List<ConnectionFactory> factories;

    /** @param factory the one that the store was made of: what is around it, and what it is around, serves as well */
    SpringTransaction(PostgresJobStore store, ConnectionFactory factory) {
        this.store = store;
        this.factories = layers(factory);
    }

    private static List<ConnectionFactory> layers(ConnectionFactory outermost) {
        List<ConnectionFactory> layers = new ArrayList<>();
        Object layer = outermost;
        while (layer instanceof ConnectionFactory factory) {
            layers.add(factory);
            layer = factory instanceof Wrapped<?> wrapped ? wrapped.unwrap() : null;
        }
        return List.copyOf(layers);
    }

    @Override
    public Mono<JobTransaction> find() {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .onErrorComplete(NoTransactionException.class)
                .filter(TransactionSynchronizationManager::isActualTransactionActive)
                .flatMap(this::join);
    }

    @Override
    public JobTransaction of(Connection connection) {
        return store.transaction(connection);
    }

    private Mono<JobTransaction> join(TransactionSynchronizationManager transaction) {
        for (ConnectionFactory factory : factories) {
            if (transaction.hasResource(factory)) {
                return ConnectionFactoryUtils.getConnection(factory)
                        .map(connection ->
                                new JoinedTransaction(connection, store.transaction(connection), transaction));
            }
        }
        return Mono.error(new TransactionMismatchException());
    }
}
