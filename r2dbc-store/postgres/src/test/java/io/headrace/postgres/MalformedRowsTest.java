package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit finds what a CHECK constraint would refuse, in the tables that have none. */
@OnEachServer
class MalformedRowsTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestSchema schema;
    private final JobId job;

    MalformedRowsTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        this.job = JobClient.create(schema.store())
                .enqueue(GRIND.job("rye"))
                .block(PATIENCE)
                .id();
    }

    @AfterEach
    void close() {
        schema.close();
    }

    @Test
    void jobsAndWhereTheyWait() {
        for (String damage : List.of(
                "job SET priority = 10",
                "job SET priority = -1",
                "job SET max_attempts = 0",
                "job SET queue = ''",
                "job SET kind = ''",
                "pending SET attempt = -1",
                "pending SET suspicion = 3",
                "pending SET suspicion = -1")) {
            execute("CREATE TABLE %s.sound AS SELECT * FROM %s." + damage.split(" ", 2)[0] + "; UPDATE %s." + damage);

            assertThat(findings()).as(damage).containsExactly(new Finding(What.MALFORMED, 1, job));

            String table = "%s." + damage.split(" ", 2)[0];
            execute("DELETE FROM " + table + "; INSERT INTO " + table + " SELECT * FROM %s.sound; DROP TABLE %s.sound");
        }
        schema.audit();
    }

    @Test
    void setsOfAnotherSize() {
        execute("UPDATE %s.pending SET size = 2");
        assertThat(findings()).containsExactly(new Finding(What.WRONG_SIZE, 2, job));

        execute("UPDATE %s.pending SET suspicion = 2");
        assertThat(findings())
                .containsExactlyInAnyOrder(new Finding(What.WRONG_SIZE, 2, job), new Finding(What.MALFORMED, 1, job));

        execute("UPDATE %s.pending SET size = 0, suspicion = 0");
        assertThat(findings()).contains(new Finding(What.MALFORMED, 1, job));

        execute("UPDATE %s.pending SET size = 1");
        schema.audit();
    }

    @Test
    void setsWithoutAJob() {
        execute("INSERT INTO %s.pending VALUES (now(), 0, 1, 4, 0, 'default', 'grind', '{}')");
        execute("INSERT INTO %s.completed VALUES (now(), 1, 1, 1, 'default', 'grind', '{}')");
        execute(
                "INSERT INTO %s.lease (worker, run_at, leased_at, deadline_at, attempt, max_attempts, priority, suspicion,"
                        + " queue, kind, jobs) VALUES (1, now(), now(), now(), 0, 1, 4, 0, 'default', 'grind', '{}')");

        assertThat(findings()).containsExactly(new Finding(What.MALFORMED, 3, null));

        execute("DELETE FROM %s.pending WHERE isempty(jobs); DELETE FROM %s.completed; DELETE FROM %s.lease");
        schema.audit();
    }

    private void execute(String sql) {
        schema.execute(sql.replace("%s", schema.name()));
    }

    private List<Finding> findings() {
        return schema.store().inspector().audit().block(PATIENCE).findings();
    }
}
