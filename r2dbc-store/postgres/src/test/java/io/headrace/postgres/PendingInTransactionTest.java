package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Jobs of a caller's transaction that cannot be leased wait as any other, and other workers hear of them. */
class PendingInTransactionTest {

    @OnEachServer
    void whatMustWaitIsAnnouncedToOthersThatWait(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        try (Connection caller = server.jdbc();
                Connection other = server.jdbc();
                Statement statement = caller.createStatement();
                Statement listening = other.createStatement()) {
            statement.execute("PREPARE enqueue AS "
                    + Statements.of(new SchemaName(schema.name())).named("enqueue/enqueue_in_transaction"));
            listening.execute("LISTEN " + schema.name());
            schema.execute(worker(1, "mill").replace("SCHEMA", schema.name()));
            schema.execute(worker(2, "mill").replace("SCHEMA", schema.name()));

            enqueueUnderASavepoint(statement, "mill");
            enqueueUnderASavepoint(statement, "weir");

            assertThat(heard(other)).containsExactly("=mill");
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isZero();
            assertThat(schema.number("SELECT sum(size) FROM %s.pending WHERE run_at <= now()"))
                    .isEqualTo(4);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** A worker that waits for jobs of a queue. */
    private static String worker(int id, String queue) {
        return "INSERT INTO SCHEMA.worker (id, started_at, heard_at, expires_at, heard_since, name, queues, idle_queues) VALUES ("
                + id + ", now(), now(), now() + interval '1 hour', now(), 'stone', '{" + queue + "}', '{" + queue
                + "}')";
    }

    private static void enqueueUnderASavepoint(Statement statement, String queue) throws SQLException {
        statement.execute("BEGIN; SAVEPOINT a");
        statement.execute(
                "EXECUTE enqueue('" + queue + "', 'grind', 4::smallint, 2, '{1,2}', '{NULL,NULL}', '{NULL,NULL}', 1, 3,"
                        + " 60000, '{grind}', array_fill('-infinity'::timestamptz, '{10}'))");
        statement.execute("COMMIT");
    }

    private static List<String> heard(Connection connection) throws SQLException {
        return Arrays.stream(connection.unwrap(PGConnection.class).getNotifications(10_000))
                .map(PGNotification::getParameter)
                .toList();
    }
}
