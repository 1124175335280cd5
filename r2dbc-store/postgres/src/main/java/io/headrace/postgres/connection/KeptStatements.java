package io.headrace.postgres.connection;

import io.r2dbc.spi.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one connection that are not running, by text, up to a number: those that were used last. A statement is
 * removed while it runs, so it never runs twice at a time, and returns only once it has completed. Thread-safe.
 */
final class KeptStatements {

    /** An engine at work runs about ten. Each takes about 20 bytes for each character of its text. */
    static final int MOST = 16;

    private final Map<String, KeptStatement> idle = new LinkedHashMap<>();

    /** A statement that was kept and takes values of these types, or a new one. */
    KeptStatement take(Connection connection, String sql, List<Object> signature) {
        KeptStatement found = remove(sql);
        return found != null && found.takes(signature)
                ? found
                : new KeptStatement(sql, signature, connection.createStatement(sql));
    }

    private synchronized @Nullable KeptStatement remove(String sql) {
        return idle.remove(sql);
    }

    /** Keeps a statement that has completed, without its values, if it can be bound again. */
    void keep(KeptStatement statement, BoundValues values) {
        if (!values.areReusable() || !statement.isDrivers()) {
            return;
        }
        statement.clear(values);
        synchronized (this) {
            idle.put(statement.sql(), statement);
            if (idle.size() > MOST) {
                idle.remove(idle.keySet().iterator().next());
            }
        }
    }

    synchronized int size() {
        return idle.size();
    }
}
