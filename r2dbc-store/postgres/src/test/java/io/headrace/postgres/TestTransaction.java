package io.headrace.postgres;

import io.headrace.spi.JobTransaction;
import io.headrace.testkit.contract.HarnessTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** A transaction on a connection of its own, which is closed when it ends. */
record TestTransaction(Connection connection, JobTransaction transaction) implements HarnessTransaction {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static TestTransaction begin(ConnectionFactory factory, PostgresJobStore store) {
        Connection connection = Mono.from(factory.create()).block(PATIENCE);
        Mono.from(connection.beginTransaction()).block(PATIENCE);
        return new TestTransaction(connection, store.transaction(connection));
    }

    @Override
    public void commit() {
        Mono.from(connection.commitTransaction())
                .then(Mono.from(connection.close()))
                .block(PATIENCE);
    }

    @Override
    public void rollback() {
        Mono.from(connection.rollbackTransaction())
                .then(Mono.from(connection.close()))
                .block(PATIENCE);
    }
}
