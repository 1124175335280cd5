package io.headrace.spring.transaction;

import io.r2dbc.spi.Connection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.transaction.reactive.TransactionSynchronization;
import reactor.core.publisher.Mono;

/** What happens when a transaction of Spring's has ended. Thread-safe. */
final class TransactionEnding implements TransactionSynchronization {

    private final Connection connection;
    private final Set<Runnable> afterCommit = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> afterRollback = ConcurrentHashMap.newKeySet();
    private volatile boolean endedBefore;

    TransactionEnding(Connection connection) {
        this.connection = connection;
    }

    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void afterRollback(Runnable action) {
        afterRollback.add(action);
    }

    /** A {@code ROLLBACK} in a statement of the caller's ends the transaction, and Spring commits nothing without noticing. */
    @Override
    public Mono<Void> beforeCommit(boolean readOnly) {
        return Mono.fromRunnable(() -> endedBefore = connection.isAutoCommit());
    }

    @Override
    public Mono<Void> afterCommit() {
        return Mono.fromRunnable(() -> {
            if (endedBefore) {
                // What was enqueued may be rolled back or committed: nothing starts, and queues are looked at.
                afterRollback.forEach(Runnable::run);
            }
            afterCommit.forEach(Runnable::run);
        });
    }

    @Override
    public Mono<Void> afterCompletion(int status) {
        return Mono.fromRunnable(() -> {
            if (status != STATUS_COMMITTED) {
                afterRollback.forEach(Runnable::run);
            }
        });
    }
}
