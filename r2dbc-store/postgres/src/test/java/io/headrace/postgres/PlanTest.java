package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/**
 * A plan that was made while all was empty serves when tens of thousands of rows have come and gone and none of them can be
 * cleared away, since somebody holds a snapshot.
 */
class PlanTest {

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
            statement.execute("PREPARE settle AS " + sql.named("settle/settle"));
            statement.execute("PREPARE claim AS " + sql.named("claim/claim"));
            statement.execute("PREPARE several AS " + sql.named("claim/claim_several"));
            statement.execute("PREPARE finish AS " + sql.named("settle/finish"));
            statement.execute(settle(1));
            statement.execute(finish(1));
            statement.execute(claim());
            statement.execute(several());
            PlanPages.holdSnapshot(reader);
            schema.execute(comeAndGone().replace("SCHEMA", schema.name()));

            assertThat(PlanPages.of(statement, settle(GONE + 1))).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isZero();
            assertThat(PlanPages.of(statement, claim())).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isOne();
            assertThat(PlanPages.of(statement, finish(GONE + 2))).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isZero();
            assertThat(PlanPages.of(statement, several())).isLessThan(MOST_PAGES);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** In a session of the caller's, whose settings are PostgreSQL's own. */
    @OnEachServer
    void whatHasGoneIsNotWalkedInATransactionOfTheCallers(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        Statements sql = Statements.of(new SchemaName(schema.name()));
        try (Connection reader = server.jdbc();
                Connection caller = server.jdbc();
                Statement statement = caller.createStatement()) {
            statement.execute("PREPARE enqueue AS " + sql.named("enqueue/enqueue_in_transaction"));
            for (int i = 0; i < 10; i++) {
                statement.execute(enqueue());
            }
            schema.execute("DELETE FROM SCHEMA.pending; DELETE FROM SCHEMA.job".replace("SCHEMA", schema.name()));
            PlanPages.holdSnapshot(reader);
            schema.execute(comeAndGone().replace("SCHEMA", schema.name()));

            assertThat(PlanPages.of(statement, enqueue())).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.lease WHERE kind = 'sift'"))
                    .isOne();
        } finally {
            schema.close();
        }
    }

    /** Leases and pending sets of the worker's that are gone, and one of each that is there. */
    private static String comeAndGone() {
        return ("INSERT INTO SCHEMA.worker (id, started_at, heard_at, expires_at, heard_since, name, queues)"
                        + " VALUES (1, now(), now(), now() + interval '1 hour', now(), 'mill', '{default}');"
                        + " INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                        + " SELECT n, 4, 'default', 'grind', '{}' FROM generate_series(1, 2) AS n;"
                        + " INSERT INTO SCHEMA.lease (worker, run_at, leased_at, deadline_at, attempt, max_attempts, priority,"
                        + " suspicion, queue, kind, jobs)"
                        + " SELECT 1, now(), now(), now() + interval '1 hour', 1, 3, 4, 0, 'default', 'grind', '{[1,2)}'"
                        + " FROM generate_series(0, GONE);"
                        + " DELETE FROM SCHEMA.lease WHERE id <= GONE;"
                        + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " SELECT now() - interval '2 minutes', 0, 1, 4, 0, 'default', 'grind', '{[2,3)}'"
                        + " FROM generate_series(1, GONE); DELETE FROM SCHEMA.pending;"
                        + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " VALUES (now() - interval '1 second', 0, 1, 4, 0, 'default', 'grind', '{[2,3)}')")
                .replace("GONE", Integer.toString(GONE));
    }

    private static String settle(int lease) {
        String finished = "'{" + lease + "}', '{\"{[1,2)}\"}'";
        String nothing = ", '{}'".repeat(13);
        return "EXECUTE settle(1, " + finished + ", " + finished + nothing + ")";
    }

    private static String finish(int lease) {
        return "EXECUTE finish(1, '{" + lease + "}', '{\"{[2,3)}\"}')";
    }

    private static String enqueue() {
        return "EXECUTE enqueue('default', 'sift', 4::smallint, 1, '{1}', '{NULL}', '{NULL}', 1, 3, 60000, '{sift}', "
                + floors(10) + ")";
    }

    private static String claim() {
        return "EXECUTE claim(1, 'default', '{grind}', '{3}', '{60000}', " + floors(10) + ", 10, 10, 0, 2000)";
    }

    private static String several() {
        return "EXECUTE several(1, '{weir,default}', '{10,10}', '{10,10}', '{0,0}', '{2000,2000}',"
                + " '{1,2}', '{grind,grind}', '{3,3}', '{60000,60000}', " + floors(20) + ")";
    }

    /** As after a claim of a minute ago. */
    private static String floors(int count) {
        return "ARRAY["
                + String.join(
                        ", ",
                        Stream.generate(() -> "now() - interval '1 minute'")
                                .limit(count)
                                .toList())
                + "]";
    }
}
