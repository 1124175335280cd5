package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobReason;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** What a hundred thousand jobs that wait for signals, as many that have waited, and as many signals cost others: nothing. */
@Tag("slow")
class SignalPlanTest {

    private static final int JOBS = 100_000;

    /** A claim probes the index of pending twice for each of ten priorities, and the index is a level deeper. No row is read. */
    private static final int MOST_MORE = 24;

    private static final int MOST_PAGES = 120;

    private static final String FILL = """
            CREATE TABLE SCHEMA.drawn AS SELECT n, ((extract(epoch FROM now() - interval '1 hour') * 1000)::bigint - 1735689600000
                + n << 22) AS id, now() + interval '1 day' + n * interval '1 microsecond' AS until FROM generate_series(1, JOBS) AS n;
            INSERT INTO SCHEMA.job (id, priority, queue, kind, payload) SELECT id, 4, 'mill', 'grind', '{}' FROM SCHEMA.drawn;
            INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)
            SELECT until, 0, 1, 4, 0, 'mill', 'grind', int8multirange(int8range(id, id, '[]')) FROM SCHEMA.drawn;
            INSERT INTO SCHEMA.awaited (job, key, since, until, queue, priority)
            SELECT id, 'key-' || n, now(), until, 'mill', 4 FROM SCHEMA.drawn;
            INSERT INTO SCHEMA.awaited (job, key, since, until, queue, priority, outcome)
            SELECT id, 'old-' || n, now(), now(), 'mill', 4, 'SIGNALLED' FROM SCHEMA.drawn;
            INSERT INTO SCHEMA.signal (key, at) SELECT 'old-' || n, now() - interval '10 days' FROM SCHEMA.drawn;
            ANALYZE SCHEMA.pending; ANALYZE SCHEMA.awaited; ANALYZE SCHEMA.signal""";

    private TestSchema schema;

    @OnEachServer
    void jobsThatWaitAreNotWalked(TestServer server) throws SQLException {
        schema = new TestSchema(server);
        Statements sql = Statements.of(new SchemaName(schema.name()));
        try (Connection worker = server.jdbc();
                Statement statement = worker.createStatement()) {
            statement.execute(Connections.MOVING);
            for (String name :
                    new String[] {"claim/claim", "settle/await", "signal/send", "signal/read", "signal/awaiting"}) {
                statement.execute("PREPARE " + name.substring(name.indexOf('/') + 1) + " AS " + sql.named(name));
            }
            enqueueOne();
            long before = PlanPages.of(statement, claim());
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isOne();
            schema.execute(FILL.replace("SCHEMA", schema.name()).replace("JOBS", Integer.toString(JOBS)));
            enqueueOne();

            assertThat(PlanPages.of(statement, claim())).isLessThanOrEqualTo(before + MOST_MORE);

            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isEqualTo(2);
            // The first call of a function reads the catalogs.
            statement.execute("EXECUTE send('key-76', '1', NULL, NULL)");
            statement.execute("SELECT " + schema.name() + ".signal_state('key-76')");
            assertThat(PlanPages.of(statement, "EXECUTE send('key-77', '1', NULL, NULL)"))
                    .isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.pending WHERE run_at <= now()"))
                    .isEqualTo(2);
            long job = schema.number("SELECT id FROM %s.drawn WHERE n = 99");
            assertThat(PlanPages.of(statement, "EXECUTE read('{" + job + "}', '{old-99}')"))
                    .isLessThan(MOST_PAGES);
            assertThat(PlanPages.of(statement, "EXECUTE awaiting(NULL, '', 0, 10)"))
                    .isLessThan(MOST_PAGES);
            assertThat(PlanPages.of(statement, "EXECUTE awaiting('key-99', '', 0, 10)"))
                    .isLessThan(MOST_PAGES);
            long lease = schema.number("SELECT max(id) FROM %s.lease");
            long leased = schema.number("SELECT lower(jobs) FROM %s.lease WHERE id = " + lease);
            String await = "EXECUTE await(1, '{" + lease + "}', '{" + leased + "}', '{old-5}', '{9}')";
            assertThat(PlanPages.of(statement, await)).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isOne();

            assertThat(schema.store()
                            .inspector()
                            .why(new JobId(job))
                            .block(Duration.ofSeconds(30))
                            .reason())
                    .isInstanceOf(JobReason.WaitsForSignal.class);
            assertThat(schema.store().signals().prune(Duration.ofDays(7)).block(Duration.ofMinutes(1)))
                    .as("their jobs are there")
                    .isZero();
            schema.execute("DROP TABLE " + schema.name() + ".drawn");
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private void enqueueOne() {
        schema.execute(
                "WITH one AS (INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                                .replace("SCHEMA", schema.name())
                        + " SELECT " + schema.name()
                        + ".next_block(), 4, 'mill', 'grind', '{}' RETURNING id) INSERT INTO "
                        + schema.name() + ".pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " SELECT now(), 0, 1, 4, 0, 'mill', 'grind', int8multirange(int8range(id, id, '[]')) FROM one;"
                        + " INSERT INTO " + schema.name()
                        + ".worker (id, started_at, heard_at, expires_at, heard_since, name, queues)"
                        + " VALUES (1, now(), now(), now() + interval '1 hour', now(), 'miller', '{mill}') ON CONFLICT DO NOTHING");
    }

    private static String claim() {
        return "EXECUTE claim(1, 'mill', '{grind}', '{3}', '{3600000}',"
                + " array_fill('-infinity'::timestamptz, '{10}'), 10, 10, 0, 2000)";
    }
}
