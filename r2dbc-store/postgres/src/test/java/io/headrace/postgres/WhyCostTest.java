package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs to explain or to find one job among many: usually a few probes of an index, and never all that has completed. */
@OnEachServer
@Tag("slow")
class WhyCostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int JOBS = 60_000;

    /** The probes of the index and the rows that they pass: about 25. What waits, or what has completed, is hundreds. */
    private static final int MOST_PAGES = 100;

    /** Those of completed for ten seconds: the index tells them in ranges of 128. */
    private static final int MOST_OF_COMPLETED = 256;

    private final TestSchema schema;

    WhyCostTest(TestServer server) {
        this.schema = new TestSchema(server);
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    /** Jobs that were enqueued one after the other over the last minutes: a third has completed, a third is due tomorrow. */
    private void fill() {
        schema.execute(
                ("CREATE TABLE SCHEMA.drawn AS SELECT n, at, (((extract(epoch FROM at) * 1000)::bigint - 1735689600000)"
                                + " << 22) + n % 3 AS id FROM generate_series(1, JOBS) AS n,"
                                + " LATERAL (SELECT now() - n * interval '10 milliseconds' AS at) AS drawn;"
                                + " INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                                + " SELECT id, 4, 'mill', 'grind', '{}' FROM SCHEMA.drawn;"
                                + " INSERT INTO SCHEMA.completed (at, worker, attempt, size, queue, kind, jobs)"
                                + " SELECT at, 1, 1, 1, 'mill', 'grind', int8multirange(int8range(id, id, '[]'))"
                                + " FROM SCHEMA.drawn WHERE n % 3 = 0;"
                                + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                                + " SELECT at + (n % 3 - 1) * interval '1 day', 0, 1, 4, 0, 'mill', 'grind',"
                                + " int8multirange(int8range(id, id, '[]')) FROM SCHEMA.drawn WHERE n % 3 > 0;"
                                + " ANALYZE SCHEMA.pending; ANALYZE SCHEMA.completed; ANALYZE SCHEMA.job")
                        .replace("SCHEMA", schema.name())
                        .replace("JOBS", Integer.toString(JOBS)));
    }

    private long some(int rest) {
        return schema.number("SELECT max(id) FROM %s.drawn WHERE mod(n, 3) = " + rest + " AND n > " + JOBS / 2);
    }

    private String code(long id) {
        return schema.store()
                .inspector()
                .why(new JobId(id))
                .block(PATIENCE)
                .reason()
                .code();
    }

    private JobState state(long id) {
        return schema.store()
                .inspector()
                .find(new JobId(id))
                .map(JobSnapshot::state)
                .block(PATIENCE);
    }

    private static long pages(Statement session, long id) throws SQLException {
        long explained = PlanPages.of(session, "EXECUTE why(" + id + ")");
        long found = PlanPages.of(session, "EXECUTE find(" + id + ", true, true)");
        return Math.max(explained, found);
    }

    @Test
    void aFewPagesAreReadForAJobThatIsWhereItWasPut() throws SQLException {
        fill();
        long pending = schema.number("SELECT pg_relation_size('%s.pending') / current_setting('block_size')::bigint");
        try (Connection reader = schema.server().jdbc();
                Statement session = reader.createStatement()) {
            Statements statements = Statements.of(new SchemaName(schema.name()));
            session.execute("PREPARE why AS " + statements.named("operate/why"));
            session.execute("PREPARE find AS " + statements.named("operate/find"));

            assertThat(code(some(1))).isEqualTo("NO_ENGINE_ON_QUEUE");
            assertThat(state(some(1))).isEqualTo(JobState.PENDING);
            assertThat(pages(session, some(1))).isLessThan(MOST_PAGES);
            assertThat(code(some(2))).isEqualTo("NOT_DUE");
            assertThat(state(some(2))).isEqualTo(JobState.PENDING);
            assertThat(pages(session, some(2))).isLessThan(pending + MOST_OF_COMPLETED + MOST_PAGES);
            assertThat(code(some(0))).isEqualTo("COMPLETED");
            assertThat(state(some(0))).isEqualTo(JobState.COMPLETED);
            assertThat(pages(session, some(0))).isLessThan(MOST_OF_COMPLETED + MOST_PAGES);
        }
        schema.execute("DROP TABLE " + schema.name() + ".drawn");
    }
}
