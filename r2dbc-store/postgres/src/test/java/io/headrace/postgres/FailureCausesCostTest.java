package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.operate.FailureCause;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs to show in which ways 50,000 jobs have failed. */
@OnEachServer
@Tag("slow")
class FailureCausesCostTest {

    private static final int TOMBSTONES = 50_000;
    private static final int SORTS = 40;
    private static final int MOST_PAGES = 2_000;

    private static final String DATABASE = "failure_causes";

    private final TestServer server;
    private final TestSchema schema;

    FailureCausesCostTest(TestServer server) throws SQLException {
        this.server = server;
        this.schema = new TestSchema(server.withDatabase(DATABASE));
    }

    @AfterEach
    void close() throws SQLException {
        schema.close();
        server.drop(DATABASE);
    }

    private void fill() {
        schema.execute(("ALTER TABLE SCHEMA.tombstone SET (autovacuum_enabled = false);"
                        + " INSERT INTO SCHEMA.tombstone (job, died_at, fingerprint, attempt, priority, state, queue, kind, payload,"
                        + " failures) SELECT n, now() - (n * 7919 % TOMBSTONES) * interval '1 second', n % SORTS, 1, 4,"
                        + " 'FAILED', 'mill', 'grind', to_jsonb(repeat('x', 67)), jsonb_build_array(jsonb_build_object("
                        + "'attempt', 1, 'at', now(), 'type', 'E' || n % SORTS, 'message', repeat('m', 100), 'worker', 1,"
                        + " 'fingerprint', n % SORTS, 'trace', gen_random_uuid())) FROM generate_series(1, TOMBSTONES) AS n")
                .replace("SCHEMA", schema.name())
                .replace("TOMBSTONES", Integer.toString(TOMBSTONES))
                .replace("SORTS", Integer.toString(SORTS)));
    }

    private List<FailureCause> causes() {
        return schema.store().inspector().failureCauses().collectList().block(Duration.ofSeconds(30));
    }

    private long pages() throws SQLException {
        try (Connection reader = schema.server().jdbc();
                Statement session = reader.createStatement()) {
            session.execute("SET enable_bitmapscan = off; SET enable_seqscan = off");
            session.execute("PREPARE causes AS "
                    + Statements.of(new SchemaName(schema.name())).named("operate/failure_causes"));
            session.execute("EXECUTE causes(60)");
            return PlanPages.of(session, "EXECUTE causes(60)");
        }
    }

    /** Vacuum cannot mark pages as all-visible while an older transaction is open, such as an autovacuum that is at work elsewhere. */
    private void vacuum() {
        schema.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE backend_type = 'autovacuum worker' AND datname = current_database()");
        schema.execute("VACUUM ANALYZE " + schema.name() + ".tombstone");
        assertThat(schema.number("SELECT relpages - relallvisible FROM pg_class WHERE oid = '%s.tombstone'::regclass"))
                .isZero();
    }

    @Test
    void isBoundedAndExactOnceTheyWereVacuumed() throws SQLException {
        fill();
        assertThat(pages()).isLessThan(MOST_PAGES);
        assertThat(causes()).hasSize(SORTS).allSatisfy(cause -> {
            assertThat(cause.isAtLeast()).isTrue();
            assertThat(cause.count()).isPositive();
        });

        await().atMost(Duration.ofMinutes(1)).untilAsserted(this::vacuum);

        assertThat(pages()).isLessThan(MOST_PAGES);
        assertThat(causes()).hasSize(SORTS).allSatisfy(cause -> {
            assertThat(cause.isAtLeast()).isFalse();
            assertThat(cause.count()).isEqualTo(TOMBSTONES / SORTS);
        });
    }
}
