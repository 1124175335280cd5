package io.headrace.postgres.connection;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A connection of the store or of a caller, with the statements that have run on it. The driver tokenizes the text of each
 * statement that is created, so a statement that has completed is kept and bound again. A statement that failed or was
 * cancelled is not kept. As thread-safe as the connection.
 */
public final class SqlChannel {

    private final Connection connection;
    private final KeptStatements kept;

    /** A channel over a connection, which its owner closes. */
    SqlChannel(Connection connection) {
        this(connection, new KeptStatements());
    }

    SqlChannel(Connection connection, KeptStatements kept) {
        this.connection = connection;
        this.kept = kept;
    }

    Connection connection() {
        return connection;
    }

    /** Runs a statement and reads its rows. Values are bound at subscription. */
    public <T> Mono<List<T>> rows(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return Mono.defer(() -> {
            BoundValues values = BoundValues.by(bind);
            KeptStatement statement = kept.take(connection, sql, values.signature());
            return Flux.from(statement.execute(values))
                    .concatMap(result -> result.map(readable -> read(readable, row)))
                    .collectList()
                    // The driver completes once the server is ready for the next query.
                    .doOnSuccess(rows -> kept.keep(statement, values));
        });
    }

    private static <T> T read(Readable readable, Function<Readable, T> row) {
        try {
            return row.apply(readable);
        } catch (Error e) {
            throw new ThrownErrorException(e);
        }
    }
}
