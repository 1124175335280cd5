package io.headrace.benchmarks.server;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Statements beside the engine, each on a connection of its own, so that no fault before it matters. Blocks; thread-safe.
 */
public final class Sql {

    private static final Option<Map<String, String>> SESSION = Option.valueOf("options");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConnectionFactory factory;
    private final Duration patience;

    /** @param session settings that its connections have, whatever the database or the role has */
    public Sql(ConnectionFactoryOptions options, Map<String, String> session) {
        this(options, session, PATIENCE);
    }

    /** @param patience how long a statement may take; a minute otherwise */
    public Sql(ConnectionFactoryOptions options, Map<String, String> session, Duration patience) {
        this.patience = patience;
        this.factory = ConnectionFactories.get(
                options.mutate().option(SESSION, new HashMap<>(session)).build());
    }

    /** Runs statements one after another, each in a transaction of its own. */
    public void run(String... statements) {
        boolean done = with(connection -> execute(connection, List.of(statements)));
        if (!done) {
            throw new IllegalStateException("not run: " + List.of(statements));
        }
    }

    /** All rows. */
    public <T> List<T> rows(String statement, Function<Readable, T> row) {
        return with(
                connection -> Flux.from(connection.createStatement(statement).execute())
                        .concatMap(result -> result.map(row))
                        .collectList());
    }

    /** The first column of the only row. */
    public long number(String statement) {
        return rows(
                        statement,
                        row -> Objects.requireNonNull(row.get(0, Number.class)).longValue())
                .get(0);
    }

    /** The first column of the only row. */
    public String text(String statement) {
        return rows(statement, row -> Objects.requireNonNull(row.get(0, String.class)))
                .get(0);
    }

    /** A connection that stays open until the caller closes it. */
    public Connection open(String... statements) {
        Connection connection =
                Objects.requireNonNull(Mono.from(factory.create()).block(patience));
        execute(connection, List.of(statements)).block(patience);
        return connection;
    }

    private static Mono<Boolean> execute(Connection connection, List<String> statements) {
        return Flux.fromIterable(statements)
                .concatMap(sql ->
                        Flux.from(connection.createStatement(sql).execute()).concatMap(Result::getRowsUpdated))
                .then(Mono.just(true));
    }

    private <T> T with(Function<Connection, Mono<T>> body) {
        return Objects.requireNonNull(
                Mono.usingWhen(factory.create(), body, Connection::close).block(patience));
    }
}
