package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Completions in transactions find their lease among tens of thousands that are gone and cannot be cleared away. */
class CompleteInPlanTest {

    private static final int GONE = 20_000;

    /** A walk over what is gone takes hundreds. */
    private static final int MOST_PAGES = 100;

    @OnEachServer
    void leasesThatAreGoneAreNotWalked(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        Statements sql = Statements.of(new SchemaName(schema.name()));
        try (Connection reader = server.jdbc();
                Connection worker = server.jdbc();
                Connection caller = server.jdbc();
                Statement store = worker.createStatement();
                Statement handler = caller.createStatement()) {
            store.execute(Connections.MOVING);
            store.execute("PREPARE split AS " + sql.named("complete/split"));
            store.execute("PREPARE look AS " + sql.named("complete/look"));
            handler.execute("PREPARE complete_in AS " + sql.named("complete/complete_in"));
            for (int i = 0; i < 10; i++) {
                store.execute(split(1));
                store.execute(look(1));
                handler.execute(
                        "BEGIN; SELECT pg_current_xact_id(); EXECUTE complete_in(1, 1, 1, false, NULL); COMMIT");
            }
            PlanPages.holdSnapshot(reader);
            schema.execute(comeAndGone().replace("SCHEMA", schema.name()));

            assertThat(PlanPages.of(store, split(GONE + 1))).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isEqualTo(2);
            assertThat(PlanPages.of(store, look(GONE + 1))).isLessThan(MOST_PAGES);
            handler.execute("BEGIN; SELECT pg_current_xact_id()");
            assertThat(PlanPages.of(handler, "EXECUTE complete_in(1, " + (GONE + 1) + ", 2, false, NULL)"))
                    .isLessThan(MOST_PAGES);
            handler.execute("COMMIT");
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isOne();
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** Leases of the worker's that are gone, and one of two jobs. */
    private static String comeAndGone() {
        return ("INSERT INTO SCHEMA.worker (id, started_at, heard_at, expires_at, heard_since, name, queues)"
                        + " VALUES (1, now(), now(), now() + interval '1 hour', now(), 'mill', '{default}');"
                        + " INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                        + " SELECT n, 4, 'default', 'grind', '{}' FROM generate_series(1, 2) AS n;"
                        + " INSERT INTO SCHEMA.lease (worker, run_at, leased_at, deadline_at, attempt, max_attempts, priority,"
                        + " suspicion, queue, kind, jobs)"
                        + " SELECT 1, now(), now(), now() + interval '1 hour', 1, 3, 4, 0, 'default', 'grind', '{[1,3)}'"
                        + " FROM generate_series(0, GONE);"
                        + " DELETE FROM SCHEMA.lease WHERE id <= GONE")
                .replace("GONE", Integer.toString(GONE));
    }

    private static String split(int lease) {
        return "EXECUTE split(1, '{" + lease + "}', '{\"{[1,2)}\"}')";
    }

    private static String look(int lease) {
        return "EXECUTE look(1, '{" + lease + "}', '{2}', '{NULL}')";
    }
}
