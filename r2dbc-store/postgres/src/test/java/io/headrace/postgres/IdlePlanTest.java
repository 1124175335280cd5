package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an idle engine sends every few seconds stays cheap beside much that waits, is leased, or has gone. */
class IdlePlanTest {

    private static final int SETS = 20_000;
    private static final int LEASES = 100_000;
    private static final int QUEUES = 1_000;

    @OnEachServer
    void aPollOfAThousandQueuesProbesTheIndexAlone(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        try (Connection reader = server.jdbc();
                Connection worker = server.jdbc();
                Statement statement = worker.createStatement()) {
            statement.execute(Connections.MOVING);
            statement.execute("PREPARE poll AS "
                    + Statements.of(new SchemaName(schema.name())).named("claim/poll"));
            PlanPages.of(statement, poll());
            PlanPages.holdSnapshot(reader);
            // Many that have gone from each of some queues, many that wait elsewhere, and one kind that nobody here
            // handles.
            schema.execute("INSERT INTO %1$s.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                            .formatted(schema.name())
                    + " SELECT now() - interval '2 minutes', 0, 1, 4, 0, 'q' || n % 10, 'grind', '{[2,3)}'"
                    + " FROM generate_series(1, " + SETS + ") AS n; DELETE FROM " + schema.name() + ".pending;"
                    + " INSERT INTO " + schema.name()
                    + ".pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                    + " SELECT now() + n * interval '1 second', 0, 1, 4, 0, 'q' || n % 10, 'grind', '{[2,3)}'"
                    + " FROM generate_series(1, " + SETS + ") AS n;"
                    + " ANALYZE " + schema.name() + ".pending");

            // An index of three levels, ten priorities, and for the ten queues with jobs another probe.
            assertThat(PlanPages.of(statement, poll())).isLessThan(QUEUES * 10 * 4);
            schema.execute("DELETE FROM " + schema.name() + ".pending");
            schema.audit();
        } finally {
            schema.close();
        }
    }

    @OnEachServer
    void aHeartbeatThatAsksForASweepReadsTheLeasesOnceAndAnyOtherNone(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        try (Connection worker = server.jdbc();
                Statement statement = worker.createStatement()) {
            statement.execute(Connections.MOVING);
            statement.execute("PREPARE beat AS "
                    + Statements.of(new SchemaName(schema.name())).named("upkeep/heartbeat"));
            PlanPages.of(statement, beat(true));
            schema.execute(
                    ("INSERT INTO SCHEMA.worker (id, started_at, heard_at, expires_at, heard_since, name, queues)"
                                    + " SELECT n, now(), now(), now() + interval '1 hour', now(), 'mill', '{default}'"
                                    + " FROM generate_series(1, 2) AS n;"
                                    + " INSERT INTO SCHEMA.lease (worker, run_at, leased_at, deadline_at, attempt, max_attempts,"
                                    + " priority, suspicion, queue, kind, jobs)"
                                    + " SELECT 2, now(), now(), now() + interval '1 hour', 1, 3, 4, 0, 'default', 'grind', '{[1,2)}'"
                                    + " FROM generate_series(1, LEASES); ANALYZE SCHEMA.lease")
                            .replace("LEASES", Integer.toString(LEASES))
                            .replace("SCHEMA", schema.name()));
            long leasePages =
                    schema.number("SELECT pg_relation_size('%s.lease') / current_setting('block_size')::bigint");

            assertThat(PlanPages.of(statement, beat(true))).isLessThan(leasePages + leasePages / 4);
            assertThat(PlanPages.of(statement, beat(false))).isLessThan(100);
            schema.execute("DELETE FROM " + schema.name() + ".lease");
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** Of all queues, from a minute ago on. */
    private static String poll() {
        return "EXECUTE poll(" + array(n -> "q" + n) + "::text[], array_fill(now() - interval '1 minute', ARRAY["
                + QUEUES + "]), array_fill(0, ARRAY[" + QUEUES + "]), '{0}', '{grind}')";
    }

    private static String array(IntFunction<String> value) {
        return "'{" + IntStream.range(0, QUEUES).mapToObj(value).collect(Collectors.joining(",")) + "}'";
    }

    private static String beat(boolean asks) {
        return "EXECUTE beat(1, 30000, '{}', '{}', '{}', false, " + asks + ")";
    }
}
