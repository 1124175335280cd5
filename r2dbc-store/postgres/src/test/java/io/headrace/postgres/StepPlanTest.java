package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Steps are recorded and read as fast when tens of thousands of rows have come and gone, while somebody holds a snapshot. */
class StepPlanTest {

    private static final int GONE = 20_000;

    /** A walk over what is gone takes hundreds. */
    private static final int MOST_PAGES = 60;

    @OnEachServer
    void whatHasGoneIsNotWalked(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        Statements sql = Statements.of(new SchemaName(schema.name()));
        try (Connection reader = server.jdbc();
                Connection worker = server.jdbc();
                Statement statement = worker.createStatement()) {
            statement.execute(Connections.MOVING);
            statement.execute("PREPARE record AS " + sql.named("step/record"));
            statement.execute("PREPARE move AS " + sql.named("step/move_cursors"));
            statement.execute("PREPARE read AS " + sql.named("step/read"));
            statement.execute(record(0));
            statement.execute(move(0, 2));
            statement.execute(READ);
            PlanPages.holdSnapshot(reader);
            schema.execute(comeAndGone().replace("SCHEMA", schema.name()));

            assertThat(PlanPages.of(statement, record(GONE + 1))).isLessThan(MOST_PAGES);
            assertThat(PlanPages.of(statement, move(GONE + 1, GONE + 2))).isLessThan(MOST_PAGES);
            assertThat(PlanPages.of(statement, READ)).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.step WHERE job = 1"))
                    .isOne();
            assertThat(schema.number("SELECT count(*) FROM %s.job_cursor WHERE job = 1"))
                    .isOne();
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private static final String READ = "EXECUTE read('{1}', 1000000)";

    private static String record(int lease) {
        return "EXECUTE record(1, '{" + lease + "}', '{" + lease + "}', '{1}', '{7}', '{charge}', '{1}')";
    }

    private static String move(int lease, int nr) {
        return "EXECUTE move(1, '{" + lease + "}', '{" + lease + "}', '{1}', '{" + nr + "}', '{" + (nr - 1)
                + "}', '{1}')";
    }

    /** Leases of the worker's and cursors of the job that are gone, one of each that is there, and the steps of many others. */
    private static String comeAndGone() {
        return ("INSERT INTO SCHEMA.worker (id, started_at, heard_at, expires_at, heard_since, name, queues)"
                        + " VALUES (1, now(), now(), now() + interval '1 hour', now(), 'mill', '{default}');"
                        + " INSERT INTO SCHEMA.job (id, priority, queue, kind, payload) VALUES (1, 4, 'default', 'grind', '{}');"
                        + " INSERT INTO SCHEMA.lease (worker, run_at, leased_at, deadline_at, attempt, max_attempts, priority,"
                        + " suspicion, queue, kind, jobs)"
                        + " SELECT 1, now(), now(), now() + interval '1 hour', 1, 3, 4, 0, 'default', 'grind', '{[1,2)}'"
                        + " FROM generate_series(0, GONE);"
                        + " DELETE FROM SCHEMA.lease WHERE id <= GONE;"
                        + " INSERT INTO SCHEMA.job_cursor (job, nr, at, attempt, value)"
                        + " SELECT 1, n, now(), 1, '1' FROM generate_series(1, GONE + 1) AS n;"
                        + " DELETE FROM SCHEMA.job_cursor WHERE nr <= GONE;"
                        + " INSERT INTO SCHEMA.step (job, at, took_ms, attempt, name, value)"
                        + " SELECT n, now(), 1, 1, 'charge', '1' FROM generate_series(2, GONE) AS n")
                .replace("GONE", Integer.toString(GONE));
    }
}
