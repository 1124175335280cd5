package io.headrace.postgres.list;

import io.r2dbc.spi.Statement;
import org.jspecify.annotations.Nullable;

/** Binds a statement's parameters one after the other. */
final class Bindings {

    private Statement statement;
    private int next;

    Bindings(Statement statement) {
        this.statement = statement;
    }

    Bindings value(Object value) {
        statement = statement.bind(next++, value);
        return this;
    }

    <T> Bindings valueOrNull(@Nullable T value, Class<T> type) {
        statement = value == null ? statement.bindNull(next++, type) : statement.bind(next++, value);
        return this;
    }

    Bindings textOrNull(@Nullable String text) {
        return valueOrNull(text, String.class);
    }

    /** With all of them bound. */
    Statement statement() {
        return statement;
    }
}
