package io.headrace.postgres.connection;

import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import org.reactivestreams.Publisher;

/**
 * A statement of the driver that runs more than once. The driver keeps the types of its parameters in one array, which is
 * also part of the key of the prepared statement, so these types must never change.
 */
final class KeptStatement {

    private final String sql;
    private final List<Object> signature;
    private Statement statement;

    KeptStatement(String sql, List<Object> signature, Statement statement) {
        this.sql = sql;
        this.signature = signature;
        this.statement = statement;
    }

    String sql() {
        return sql;
    }

    /** Whether values of these types can be bound to it. */
    boolean takes(List<Object> given) {
        return signature.equals(given);
    }

    Publisher<? extends Result> execute(BoundValues values) {
        return values.bindTo(statement).execute();
    }

    /** Whether it is the driver's and not that of a wrapper, which may have to see each statement that is created. */
    boolean isDrivers() {
        return statement instanceof PostgresqlStatement;
    }

    /** Drops the values, which may be megabytes. */
    void clear(BoundValues values) {
        statement = values.bindEmptyTo(statement);
    }
}
