package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.JobOperator;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.headrace.postgres.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A schema for the tests of one class, with a store on it. Closing it audits and drops it. */
final class OwnSchema implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server = TestServer.newest();
    private final String name = "headrace_console_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    private final PostgresJobStore store;

    OwnSchema() {
        execute(PostgresMigrations.plainSql(name));
        store = store(server);
    }

    /** A store on this schema as a server reaches it that may be behind a proxy. */
    PostgresJobStore store(TestServer reached) {
        return PostgresJobStore.builder(reached.connectionFactory())
                .schema(name)
                .build();
    }

    TestServer server() {
        return server;
    }

    PostgresJobStore store() {
        return store;
    }

    /** Runs SQL in which {@code ${schema}} stands for this schema. */
    void execute(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("${schema}", name));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number that a query answers. {@code ${schema}} stands for this schema. */
    long number(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.replace("${schema}", name))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        AuditReport report = JobOperator.create(store).audit().block(Desk.PATIENCE);
        store.close().block(Desk.PATIENCE);
        execute("DROP SCHEMA ${schema} CASCADE");
        assertThat(report.findings()).isEmpty();
    }
}
