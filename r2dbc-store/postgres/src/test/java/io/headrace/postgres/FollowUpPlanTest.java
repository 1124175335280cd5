package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The statement that records outcomes with what they entail goes by indexes, as the one without does. */
class FollowUpPlanTest {

    private static final int GONE = 20_000;
    /** A walk over what is gone takes hundreds. */
    private static final int MOST_PAGES = 100;

    @OnEachServer
    void whatHasGoneIsNotWalked(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        Statements sql = Statements.of(new SchemaName(schema.name()));
        try (Connection reader = server.jdbc();
                Connection worker = server.jdbc();
                Statement statement = worker.createStatement()) {
            statement.execute(Connections.MOVING);
            statement.execute("PREPARE settle_with AS " + sql.named("settle/settle_with"));
            statement.execute(settleWith(1));
            PlanPages.holdSnapshot(reader);
            schema.execute(comeAndGone().replace("SCHEMA", schema.name()));

            assertThat(PlanPages.of(statement, settleWith(GONE + 1))).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isZero();
            assertThat(schema.number("SELECT count(*) FROM %s.result")).isOne();
            assertThat(schema.number("SELECT count(*) FROM %s.pending")).isOne();
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** Leases, results and pending sets that are gone, and a lease that is there. */
    private static String comeAndGone() {
        return ("INSERT INTO SCHEMA.job (id, priority, queue, kind, payload) VALUES (1, 4, 'default', 'grind', '{}');"
                        + " INSERT INTO SCHEMA.lease (worker, run_at, leased_at, deadline_at, attempt, max_attempts, priority,"
                        + " suspicion, queue, kind, jobs)"
                        + " SELECT 1, now(), now(), now() + interval '1 hour', 1, 3, 4, 0, 'default', 'grind', '{[1,2)}'"
                        + " FROM generate_series(0, GONE);"
                        + " DELETE FROM SCHEMA.lease WHERE id <= GONE;"
                        + " INSERT INTO SCHEMA.result (job, value) SELECT n, '1' FROM generate_series(1, GONE) AS n;"
                        + " DELETE FROM SCHEMA.result;"
                        + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " SELECT now() - interval '2 minutes', 0, 1, 4, 0, 'default', 'grind', '{[2,3)}'"
                        + " FROM generate_series(1, GONE); DELETE FROM SCHEMA.pending")
                .replace("GONE", Integer.toString(GONE));
    }

    private static String settleWith(int lease) {
        String finished = "'{" + lease + "}', '{\"{[1,2)}\"}'";
        String nothing = ", '{}'".repeat(13);
        String result = ", '{" + lease + "}', '{1}', '{7}'";
        String set = ", '{default}', '{sift}', '{4}', '{0}', '{NULL}'";
        String next = ", '{" + lease + "}', '{1}', '{1}', '{8}', '{NULL}', '{NULL}'";
        return "EXECUTE settle_with(1, " + finished + ", " + finished + nothing + result + set + next + ")";
    }
}
