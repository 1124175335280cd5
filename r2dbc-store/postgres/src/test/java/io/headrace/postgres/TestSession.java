package io.headrace.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of a test on its server, each on a connection of its own: a test may count connections, and what a
 * backend has counted is visible once it has ended. After {@link #keep}, all run on one, as a backend that has just started
 * reads the catalog before it does anything else.
 */
final class TestSession {

    private final TestServer server;
    private boolean keeps;
    private @Nullable Connection kept;

    TestSession(TestServer server) {
        this.server = server;
    }

    synchronized void keep() {
        keeps = true;
    }

    synchronized void keepNoLonger() {
        keeps = false;
        close();
    }

    void execute(String sql) {
        answer(sql, statement -> statement.execute(sql));
    }

    /** A column of the first row. */
    <T> T first(String sql, Answer<ResultSet, T> column) {
        return answer(sql, statement -> {
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return column.of(rows);
            }
        });
    }

    interface Answer<A, T> {
        T of(A from) throws SQLException;
    }

    private <T> T answer(String sql, Answer<Statement, T> answer) {
        try {
            return keeps() ? onKept(answer) : onItsOwn(answer);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private synchronized boolean keeps() {
        return keeps;
    }

    private <T> T onItsOwn(Answer<Statement, T> answer) throws SQLException {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            return answer.of(statement);
        }
    }

    private synchronized <T> T onKept(Answer<Statement, T> answer) throws SQLException {
        if (kept == null) {
            kept = server.jdbc();
        }
        try (Statement statement = kept.createStatement()) {
            return answer.of(statement);
        } catch (SQLException e) {
            // It may be in the middle of a transaction.
            close();
            throw e;
        }
    }

    private void close() {
        if (kept == null) {
            return;
        }
        try {
            kept.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the connection to " + server + " cannot be closed", e);
        } finally {
            kept = null;
        }
    }
}
