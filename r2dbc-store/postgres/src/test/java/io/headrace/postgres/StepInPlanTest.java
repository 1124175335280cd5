package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Steps in transactions find their lease and their record among tens of thousands that are gone and cannot be cleared away, in a
 * session with settings of its own.
 */
class StepInPlanTest {

    private static final int GONE = 20_000;

    /** A walk over what is gone takes hundreds. */
    private static final int MOST_PAGES = 100;

    @OnEachServer
    void whatHasGoneIsNotWalked(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        Statements sql = Statements.of(new SchemaName(schema.name()));
        try (Connection reader = server.jdbc();
                Connection worker = server.jdbc();
                Connection caller = server.jdbc();
                Statement store = worker.createStatement();
                Statement handler = caller.createStatement()) {
            store.execute(Connections.MOVING);
            store.execute("PREPARE look AS " + sql.named("complete/look"));
            handler.execute("SET enable_indexscan = off");
            handler.execute("PREPARE step_in AS " + sql.named("step/step_in"));
            for (int i = 0; i < 10; i++) {
                store.execute(LOOK);
                handler.execute("BEGIN; SELECT pg_current_xact_id(); " + stepIn("charge") + "; COMMIT");
            }
            PlanPages.holdSnapshot(reader);
            schema.execute(comeAndGone().replace("SCHEMA", schema.name()));

            handler.execute("BEGIN; SELECT pg_current_xact_id()");
            assertThat(PlanPages.of(handler, stepIn("charge"))).isLessThan(MOST_PAGES);
            assertThat(PlanPages.of(store, LOOK)).as("while it is open").isLessThan(MOST_PAGES);
            handler.execute("COMMIT");
            assertThat(PlanPages.of(store, LOOK)).as("when it has ended").isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.step WHERE job = 1"))
                    .isOne();
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private static final String LOOK = "EXECUTE look(1, '{" + (GONE + 1) + "}', '{1}', '{NULL}')";

    private static String stepIn(String name) {
        return "EXECUTE step_in(1, " + (GONE + 1) + ", 1, 7, '" + name + "', '1', NULL)";
    }

    /** Leases of the worker's that are gone, one that is there, steps of its job that are gone, and the steps of many others. */
    private static String comeAndGone() {
        return ("INSERT INTO SCHEMA.worker (id, started_at, heard_at, expires_at, heard_since, name, queues)"
                        + " VALUES (1, now(), now(), now() + interval '1 hour', now(), 'mill', '{default}');"
                        + " INSERT INTO SCHEMA.job (id, priority, queue, kind, payload) VALUES (1, 4, 'default', 'grind', '{}');"
                        + " INSERT INTO SCHEMA.lease (worker, run_at, leased_at, deadline_at, attempt, max_attempts, priority,"
                        + " suspicion, queue, kind, jobs)"
                        + " SELECT 1, now(), now(), now() + interval '1 hour', 1, 3, 4, 0, 'default', 'grind', '{[1,2)}'"
                        + " FROM generate_series(0, GONE);"
                        + " DELETE FROM SCHEMA.lease WHERE id <= GONE;"
                        + " INSERT INTO SCHEMA.step (job, at, took_ms, attempt, name, value)"
                        + " SELECT n, now(), 1, 1, 'charge', '1' FROM generate_series(2, GONE) AS n")
                .replace("GONE", Integer.toString(GONE));
    }
}
