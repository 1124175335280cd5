package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.server.FreshDatabase;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A table of an application in the jobs' database, written through sixteen connections of its own. Thread-safe. */
final class RowTable implements AutoCloseable {

    private static final int CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String INSERT_ONE = "INSERT INTO handled_row (nr, text) VALUES ($1, $2)";
    private static final String INSERT_MANY =
            "INSERT INTO handled_row (nr, text) SELECT * FROM unnest($1::bigint[], $2::text[])";

    private final FreshDatabase database;
    private final ConnectionPool pool;

    RowTable(FreshDatabase database, ContenderSettings settings) {
        this.database = database;
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(settings.options()))
                .initialSize(CONNECTIONS)
                .maxSize(CONNECTIONS)
                .build());
        database.sql().run("CREATE TABLE handled_row (nr bigint PRIMARY KEY, text text NOT NULL)");
    }

    Mono<Void> insert(Payload row) {
        return run(
                on -> on.createStatement(INSERT_ONE).bind("$1", row.sequence()).bind("$2", row.fill()));
    }

    Mono<Void> insert(List<Payload> rows) {
        return run(on -> on.createStatement(INSERT_MANY)
                .bind("$1", rows.stream().map(Payload::sequence).toArray(Long[]::new))
                .bind("$2", rows.stream().map(Payload::fill).toArray(String[]::new)));
    }

    private Mono<Void> run(Function<Connection, Statement> statement) {
        return Mono.usingWhen(
                pool.create(),
                on -> Flux.from(statement.apply(on).execute())
                        .concatMap(Result::getRowsUpdated)
                        .then(),
                Connection::close);
    }

    /** @throws IllegalStateException if there are not exactly so many rows */
    void check(int rows) {
        long there = database.sql().number("SELECT count(*) FROM handled_row");
        if (there != rows) {
            throw new IllegalStateException(there + " rows were inserted by " + rows + " jobs");
        }
    }

    @Override
    public void close() {
        pool.disposeLater().block(PATIENCE);
    }
}
