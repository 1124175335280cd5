package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;

/** A chunk reads what it changes, however many jobs wait or have failed, and whatever is gone and cannot be cleared away. */
@Tag("slow")
class BulkPlanTest {

    private static final int CHUNK = 250;
    /** To find a job by a segment's index, and to write a tombstone into all of its own. */
    private static final int MOST_PAGES_PER_JOB = 30;

    private static final int MOST_PAGES_OF_A_PREVIEW = 2_000;
    /** Of about 250 that the table has for them. */
    private static final int MOST_PAGES_OF_A_TIE = 100;

    @OnEachServer
    void aChunkReadsWhatItChanges(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        Statements sql = Statements.of(new SchemaName(schema.name()));
        try (Connection reader = server.jdbc();
                Connection worker = server.jdbc();
                Statement statement = worker.createStatement()) {
            statement.execute(Connections.MOVING);
            for (String name : new String[] {"cancel_waiting", "cancel_tied", "preview_waiting", "preview_failed"}) {
                statement.execute("PREPARE " + name + " AS " + sql.named("bulk/" + name));
            }
            statement.execute("PREPARE retry AS " + sql.named("operate/retry_failed"));
            // Planned while all was empty.
            statement.execute(cancel("grind", 0));
            statement.execute(retry(0));
            PlanPages.holdSnapshot(reader);
            schema.execute(jobs().replace("SCHEMA", schema.name()));

            assertThat(plan(statement, cancel("grind", 20_000))).doesNotContain("Seq Scan", "Hash Join", "Merge Join");
            assertThat(PlanPages.of(statement, cancel("grind", 20_000))).isLessThan(CHUNK * MOST_PAGES_PER_JOB);
            assertThat(PlanPages.of(statement, retry(120_000))).isLessThan(CHUNK * MOST_PAGES_PER_JOB);
            assertThat(PlanPages.of(statement, "EXECUTE preview_waiting(NULL, 'grind', 1500)"))
                    .isLessThan(MOST_PAGES_OF_A_PREVIEW);
            assertThat(PlanPages.of(
                            statement,
                            "EXECUTE cancel_tied('morning', '', -1::smallint, '2000-01-01', 2000, NULL, 1000000000,"
                                    + " 250, 'T', 'm', 1)"))
                    .isLessThan(CHUNK * MOST_PAGES_PER_JOB);
            // All of them wait for the same moment.
            assertThat(PlanPages.of(statement, "EXECUTE preview_waiting('morning', NULL, 1500)"))
                    .isLessThan(MOST_PAGES_OF_A_TIE);
            assertThat(PlanPages.of(statement, "EXECUTE preview_failed(NULL, 'grind', NULL, NULL, 1500)"))
                    .isLessThan(MOST_PAGES_OF_A_PREVIEW);
            assertThat(schema.number("SELECT count(*) FROM %s.tombstone WHERE state = 'CANCELLED'"))
                    .isEqualTo(2 * CHUNK);
        } finally {
            schema.close();
        }
    }

    private static String plan(Statement session, String execute) throws SQLException {
        try (ResultSet lines = session.executeQuery("EXPLAIN " + execute)) {
            StringBuilder plan = new StringBuilder();
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }

    /** 20,000 sets that are gone, 40,000 that wait, and as many tombstones. */
    private static String jobs() {
        return "INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                + " SELECT n, 4, 'default', 'grind', '{}' FROM generate_series(1, 80000) AS n;"
                + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                + " SELECT '2026-01-01'::timestamptz + n * interval '1 second', 0, 1, 4, 0, 'default', 'grind',"
                + " int8multirange(int8range(n, n + 1)) FROM generate_series(1, 60000) AS n;"
                + " DELETE FROM SCHEMA.pending WHERE lower(jobs) <= 20000;"
                + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                + " SELECT '2027-01-01', 0, 1, 4, 0, 'morning', 'grind',"
                + " int8multirange(int8range(n, n + 1)) FROM generate_series(60001, 80000) AS n;"
                + " INSERT INTO SCHEMA.tombstone (job, died_at, attempt, priority, state, queue, kind, fingerprint, payload, failures)"
                + " SELECT n, now() - interval '1 minute', 1, 4, 'FAILED', 'default', 'grind', 1, '{}', '[]'"
                + " FROM generate_series(100001, 160000) AS n;"
                + " DELETE FROM SCHEMA.tombstone WHERE job <= 120000;";
    }

    private static String cancel(String kind, int beyond) {
        return "EXECUTE cancel_waiting(NULL, 'default', 4::smallint, '2026-01-01'::timestamptz + " + beyond
                + " * interval '1 second', " + beyond + ", 2000, '" + kind
                + "', 1000000000, 250, 'T', 'm', 1)";
    }

    private static String retry(int beyond) {
        return "EXECUTE retry(NULL, 'grind', NULL, NULL, " + beyond + ", 250, now())";
    }
}
