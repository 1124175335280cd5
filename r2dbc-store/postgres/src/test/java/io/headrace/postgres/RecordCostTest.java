package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedSignal;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** What it costs to show what one job among many has recorded: its own rows, and the values of those that are shown. */
@Tag("slow")
class RecordCostTest {

    private static final int OTHERS = 30_000;
    private static final int STEPS = 10_000;

    /** The probes of the indexes. */
    private static final int MOST_PAGES = 60;

    /** The rows of all steps, without their values, and 200 values. All values would be four times as much. */
    private static final int MOST_PAGES_OF_MANY = 1_500;

    /** All others wait, as the job itself. Those of long ago have been signalled. */
    private static final String WAITS =
            "INSERT INTO SCHEMA.awaited (job, since, until, priority, queue, key) VALUES (1, now(), now(), 4, 'mill', 'paid');"
                    + " INSERT INTO SCHEMA.awaited (job, since, until, priority, queue, key)"
                    + " SELECT 1000 + n, now(), now() + n * interval '1 s', 4, 'mill', 'paid-' || n"
                    + " FROM generate_series(1, OTHERS) AS n;"
                    + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                    + " SELECT until, 0, 1, 4, 0, queue, 'grind', int8multirange(int8range(job, job, '[]')) FROM SCHEMA.awaited;"
                    + " INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                    + " SELECT job, 4, 'mill', 'grind', '{}' FROM SCHEMA.awaited;"
                    + " INSERT INTO SCHEMA.signal (key, at, value)"
                    + " SELECT 'sent-' || n, now(), '1' FROM generate_series(1, OTHERS) AS n;"
                    + " INSERT INTO SCHEMA.awaited (job, since, until, key, outcome)"
                    + " SELECT 1, now() - n * interval '1 s', now(), 'sent-' || n, 'SIGNALLED' FROM generate_series(1, 5) AS n;";

    private static final String FILL = ("INSERT INTO SCHEMA.step (job, at, took_ms, attempt, name, value)"
                    + " SELECT 1000 + n, now(), 1, 1, 'charge', '1' FROM generate_series(1, OTHERS) AS n;"
                    + " INSERT INTO SCHEMA.step (job, at, took_ms, attempt, name, value) VALUES (1, now(), 1, 1, 'charge', '1');"
                    + " INSERT INTO SCHEMA.step (job, at, took_ms, attempt, name, value)"
                    + " SELECT 2, now() + n * interval '1 s', 1, 1, 'page ' || n,"
                    // Too long for their rows, and too mixed to be made shorter.
                    + " to_json((SELECT string_agg(md5(n || '-' || i), '') FROM generate_series(1, 100) AS i))"
                    + " FROM generate_series(1, STEPS) AS n;"
                    + " INSERT INTO SCHEMA.job_cursor (job, nr, at, attempt, value)"
                    + " SELECT 1000 + n, 1, now(), 1, '1' FROM generate_series(1, OTHERS) AS n;"
                    + WAITS)
            .replace("OTHERS", Integer.toString(OTHERS))
            .replace("STEPS", Integer.toString(STEPS));

    @OnEachServer
    void onlyWhatIsShownIsRead(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        try (Connection reader = server.jdbc();
                Statement session = reader.createStatement()) {
            session.execute("PREPARE record AS "
                    + Statements.of(new SchemaName(schema.name())).named("operate/record"));
            schema.execute(FILL.replace("SCHEMA", schema.name()));
            for (String statistics : new String[] {
                "SELECT 1", "ANALYZE %1$s.step, %1$s.job_cursor, %1$s.awaited, %1$s.signal, %1$s.pending"
            }) {
                schema.execute(statistics.replace("%1$s", schema.name()));
                assertThat(pages(session, 1)).isLessThan(MOST_PAGES);
                assertThat(pages(session, 2)).isLessThan(MOST_PAGES_OF_MANY);
            }
            JobRecord record = schema.store().inspector().record(new JobId(2)).block(Duration.ofSeconds(30));
            assertThat(schema.store()
                            .inspector()
                            .record(new JobId(1))
                            .block(Duration.ofSeconds(30))
                            .signals())
                    .extracting(RecordedSignal::key)
                    .hasSize(6)
                    .endsWith("sent-2", "sent-1", "paid");
            assertThat(record.stepCount()).isEqualTo(STEPS);
            assertThat(record.steps().get(JobRecord.MOST_STEPS - 1).name()).isEqualTo("page " + STEPS);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private static long pages(Statement session, long job) throws SQLException {
        return PlanPages.of(
                session,
                "EXECUTE record(" + job + ", " + JobRecord.MOST_STEPS + ", " + JobRecord.MOST_BYTES + ", "
                        + JobRecord.MOST_SIGNALS + ")");
    }
}
