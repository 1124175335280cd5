package io.headrace.benchmarks.goeson.worker;

import io.headrace.benchmarks.process.Target;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the handlers of a worker have: the store, and connections of their own to its database. Thread-safe. */
record Application(PostgresJobStore store, ConnectionPool pool) {

    private static final int CONNECTIONS = 8;

    static Application of(PostgresJobStore store, Target target) {
        return new Application(
                store,
                new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(target.options()))
                        .initialSize(0)
                        .maxSize(CONNECTIONS)
                        .build()));
    }

    /** With a connection, whose transaction is rolled back if the work fails or is cancelled. */
    <T> Mono<T> with(Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(
                pool.create(),
                work,
                Connection::close,
                (on, error) -> Mono.from(on.rollbackTransaction()).then(Mono.from(on.close())),
                on -> Mono.from(on.rollbackTransaction()).then(Mono.from(on.close())));
    }

    static Mono<Void> run(Statement statement) {
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated).then();
    }
}
