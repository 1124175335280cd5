package io.headrace.postgres.connection;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The connections on which callers enqueue in transactions of their own. A pool lends the same connections again and again,
 * so the statements of each are kept for the next transaction. Connections are not closed here, and closed connections are
 * forgotten when a new one comes. Thread-safe.
 */
final class LentConnections {

    /** Each has a few statements, about 100 KB in all. */
    static final int MOST = 64;

    private final Map<Lent, KeptStatements> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A connection, by the class in which it was given: one wrapper may return the driver's statements, and another its own
     * ones, which observe what is executed.
     */
    private record Lent(PostgresqlConnection connection, Class<?> wrapper) {
        boolean isClosed() {
            return !Mono.<Boolean>from(connection.validate(ValidationDepth.LOCAL))
                    .toFuture()
                    .getNow(false);
        }
    }

    /** A channel over a connection, with the statements that have run on it before. */
    SqlChannel channel(Connection given) {
        PostgresqlConnection connection = drivers(given);
        return connection == null
                ? new SqlChannel(given)
                : new SqlChannel(given, statements(new Lent(connection, given.getClass())));
    }

    private static @Nullable PostgresqlConnection drivers(Connection given) {
        if (given instanceof PostgresqlConnection connection) {
            return connection;
        }
        return given instanceof Wrapped<?> wrapped ? wrapped.unwrap(PostgresqlConnection.class) : null;
    }

    private synchronized KeptStatements statements(Lent lent) {
        KeptStatements found = known.get(lent);
        if (found != null) {
            return found;
        }
        known.keySet().removeIf(Lent::isClosed);
        if (known.size() == MOST) {
            known.remove(known.keySet().iterator().next());
        }
        KeptStatements none = new KeptStatements();
        known.put(lent, none);
        return none;
    }

    synchronized int size() {
        return known.size();
    }

    synchronized void clear() {
        known.clear();
    }
}
