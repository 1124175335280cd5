package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** An enqueue on terms walks nothing that is gone, while somebody holds a snapshot. */
class TermsPlanTest {

    private static final int GONE = 60_000;

    /** Of which the first calls of the functions take some hundreds. A walk over what is gone takes a thousand more. */
    private static final int MOST_PAGES = 800;

    @OnEachServer
    void whatHasGoneIsNotWalked(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        String sql = Statements.of(new SchemaName(schema.name())).named("enqueue/enqueue_on_terms");
        try (Connection reader = server.jdbc();
                Connection producer = server.jdbc();
                Statement statement = producer.createStatement()) {
            statement.execute(Connections.MOVING);
            statement.execute("PREPARE on_terms AS " + sql);
            statement.execute(enqueue());
            PlanPages.holdSnapshot(reader);
            schema.execute(comeAndGone().replace("SCHEMA", schema.name()).replace("GONE", Integer.toString(GONE)));

            assertThat(PlanPages.of(statement, enqueue())).isLessThan(MOST_PAGES);

            assertThat(schema.number("SELECT count(*) FROM %s.job"))
                    .as("one was admitted, one was replaced")
                    .isEqualTo(3);
            assertThat(schema.number("SELECT replaced FROM %s.debounce")).isOne();
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** One with a throttle, one with a debounce. */
    private static String enqueue() {
        return "EXECUTE on_terms('{default}', '{grind}', '{4}', '{600000000}', '{NULL}', '{2}', '{1,1}', ARRAY['{}', '{}'],"
                + " '{NULL,NULL}', '{NULL,NULL}', 0, '{NULL,NULL}', NULL, '{1000,600000000}', '{mill,mill}', '{10,NULL}',"
                + " '{0,1}')";
    }

    /** Admissions of the same throttle, keys of others, and pending sets around the one that waits. */
    private static String comeAndGone() {
        return "INSERT INTO SCHEMA.throttle (at, over_at, job, nr, oldest, kind, key)"
                + " SELECT now() - interval '1 hour', now() - interval '1 hour', 1, n, greatest(n - 500, 1), 'grind', 'mill'"
                + " FROM generate_series(2, GONE) AS n;"
                + " DELETE FROM SCHEMA.throttle WHERE nr < GONE;"
                + " INSERT INTO SCHEMA.debounce (run_at, first_at, job, replaced, priority, queue, kind, key)"
                + " SELECT now(), now(), 1, 0, 4, 'default', 'grind', 'mill ' || n FROM generate_series(1, GONE) AS n;"
                + " DELETE FROM SCHEMA.debounce WHERE key <> 'mill';"
                + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                + " SELECT now() + n * interval '1 second', 0, 1, 4, 0, 'default', 'grind', '{[2,3)}'"
                + " FROM generate_series(1, GONE) AS n;"
                + " DELETE FROM SCHEMA.pending WHERE jobs = '{[2,3)}'";
    }
}
