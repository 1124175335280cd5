package io.headrace.spring.transaction;

import io.headrace.Enqueued;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobTransaction;
import io.headrace.spring.TransactionMismatchException;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.r2dbc.connection.ConnectionFactoryUtils;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
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
                        .map(connection -> new Joined(store.transaction(connection), transaction));
            }
        }
        return Mono.error(new TransactionMismatchException());
    }

    /** What Spring commits, it tells of. */
    private record Joined(JobTransaction statements, TransactionSynchronizationManager transaction)
            implements JobTransaction {

        @Override
        public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
            return statements.enqueue(jobs, by);
        }

        @Override
        public boolean afterCommit(Runnable action) {
            if (!transaction.isSynchronizationActive()) {
                return false;
            }
            for (TransactionSynchronization other : transaction.getSynchronizations()) {
                if (other instanceof AfterCommit ours) {
                    ours.actions.add(action);
                    return true;
                }
            }
            AfterCommit first = new AfterCommit();
            first.actions.add(action);
            transaction.registerSynchronization(first);
            return true;
        }
    }

    private static final class AfterCommit implements TransactionSynchronization {

        private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();

        @Override
        public Mono<Void> afterCommit() {
            return Mono.fromRunnable(() -> actions.forEach(Runnable::run));
        }
    }
}
