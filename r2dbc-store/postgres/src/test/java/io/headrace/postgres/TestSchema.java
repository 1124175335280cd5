package io.headrace.postgres;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.testkit.contract.StoreHarness;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A schema of its own for one test, made from the plain SQL and dropped afterwards, and a store on it. */
final class TestSchema implements StoreHarness {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Every column that holds a moment which the store compares with now. */
    private static final Map<String, String> MOMENTS = Map.of(
            "pending", "run_at = run_at - %1$s",
            "worker", "started_at = started_at - %1$s, expires_at = expires_at - %1$s",
            "lease", "run_at = run_at - %1$s, leased_at = leased_at - %1$s, deadline_at = deadline_at - %1$s",
            "completed", "at = at - %1$s",
            "attempt_failure", "at = at - %1$s",
            "tombstone", "died_at = died_at - %1$s",
            "pruned", "at = at - %1$s");

    private final TestServer server;
    private final String name;
    private final PostgresJobStore store;

    TestSchema(TestServer server) {
        this.server = server;
        this.name = "headrace_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        execute(PostgresMigrations.plainSql(name));
        this.store = open(8);
    }

    /** Another store on the same schema, as another process would have. */
    PostgresJobStore open(int maxConnections) {
        return PostgresJobStore.builder(server.connectionFactory())
                .schema(name)
                .maxConnections(maxConnections)
                .build();
    }

    TestServer server() {
        return server;
    }

    String name() {
        return name;
    }

    @Override
    public PostgresJobStore store() {
        return store;
    }

    @Override
    public void passTime(Duration passed) {
        String interval = "interval '" + passed.toMillis() + " milliseconds'";
        // All at once: an engine that works meanwhile sees time pass everywhere or nowhere.
        StringBuilder all = new StringBuilder("BEGIN; ");
        MOMENTS.forEach((table, change) ->
                all.append(String.format("UPDATE %s.%s SET %s; ", name, table, String.format(change, interval))));
        execute(all.append("COMMIT").toString());
        store.lookBack();
    }

    @Override
    public void damage(AuditReport.What what, JobId job) {
        String id = Long.toString(job.value());
        String one = "int8multirange(int8range(" + id + ", " + id + ", '[]'))";
        String remove = "UPDATE %1$s.pending SET jobs = jobs - " + one + ", size = size - 1 WHERE jobs @> " + id
                + "::bigint AND size > 1; DELETE FROM %1$s.pending WHERE jobs = " + one;
        String sql = switch (what) {
            case NOWHERE -> remove;
            case TWICE ->
                "INSERT INTO %1$s.completed SELECT now(), 1, 1, 1, queue, kind, " + one + " FROM %1$s.job WHERE id = "
                        + id;
            case WITHOUT_JOB -> "DELETE FROM %1$s.job WHERE id = " + id;
            case KEY_NOT_RELEASED ->
                "INSERT INTO %1$s.unique_key SELECT id, kind, unique_key FROM %1$s.job" + " WHERE id = " + id;
            case KEY_LOST -> "DELETE FROM %1$s.unique_key WHERE job = " + id;
            case WRONG_SIZE -> "UPDATE %1$s.pending SET size = size + 1 WHERE jobs @> " + id + "::bigint";
        };
        execute(String.format(sql, name));
    }

    void execute(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row; {@code %s} in the statement stands for the schema. */
    long number(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.replace("%s", name))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        store.close().block(Duration.ofSeconds(10));
        execute("DROP SCHEMA " + name + " CASCADE");
    }
}
