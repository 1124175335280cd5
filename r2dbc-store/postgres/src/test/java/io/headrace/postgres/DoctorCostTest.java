package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;

/** What a diagnosis reads does not depend on how many jobs wait. */
@Tag("slow")
class DoctorCostTest {

    private static final int JOBS = 50_000;
    private static final int MOST_PAGES = 200;

    @OnEachServer
    void queuesAreFoundByProbesOfTheIndex(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        try (Connection reader = server.jdbc();
                Statement session = reader.createStatement()) {
            schema.execute("INSERT INTO " + schema.name()
                    + ".pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                    + " SELECT now(), 0, 1, 4, 0, 'q' || n % 3, 'grind', int8multirange(int8range(n, n, '[]'))"
                    + " FROM generate_series(1, " + JOBS + ") AS n; ANALYZE " + schema.name() + ".pending");
            assertThat(schema.number("SELECT pg_relation_size('%s.pending') / current_setting('block_size')::bigint"))
                    .isGreaterThan(2 * MOST_PAGES);

            session.execute("PREPARE queues AS "
                    + Statements.of(new SchemaName(schema.name())).named("diagnose/queues"));

            assertThat(PlanPages.of(session, "EXECUTE queues")).isLessThan(MOST_PAGES);
        } finally {
            schema.close();
        }
    }
}
