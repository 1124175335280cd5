package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.AuditReport.Finding;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.spi.JobSteps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of rows of steps whose jobs are gone, or that are there twice. */
@OnEachServer
class StepRowsTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofDays(1);

    private final TestSchema schema;
    private final JobId live;

    StepRowsTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        this.live = JobClient.create(schema.store())
                .enqueue(GRIND.job("rye"))
                .block(PATIENCE)
                .id();
    }

    @AfterEach
    void close() {
        schema.close();
    }

    private void record(String jobs) {
        schema.execute("INSERT INTO " + schema.name() + ".step (job, at, took_ms, attempt, name, value)"
                + " SELECT j, now(), 1, 1, name, '1' FROM " + jobs + " AS j, unnest('{charge,ship}'::text[]) AS name;"
                + " INSERT INTO " + schema.name() + ".job_cursor (job, nr, at, attempt, value)"
                + " SELECT j, 7, now(), 1, '1' FROM " + jobs + " AS j");
    }

    private long steps() {
        return schema.number("SELECT count(*) FROM %s.step");
    }

    private long cursors() {
        return schema.number("SELECT count(*) FROM %s.job_cursor");
    }

    /** Jobs of which there is neither a row nor a tombstone, on both sides of one that lives: more than one statement looks at. */
    @Test
    void aPruneForgetsThemPieceByPiece() {
        record("generate_series(1, 6000)");
        record("unnest(ARRAY[" + live.value() + "])");
        record("generate_series(" + (live.value() + 1) + ", " + (live.value() + 6000) + ")");

        assertThat(schema.store().decisions().prune(RETENTION).block(PATIENCE)).isZero();

        assertThat(steps()).isEqualTo(2);
        assertThat(cursors()).isOne();
        schema.audit();
    }

    /** More steps than a statement deletes. */
    @Test
    void manyStepsOfFewJobsAreForgotten() {
        schema.execute("INSERT INTO " + schema.name() + ".step (job, at, took_ms, attempt, name, value)"
                + " SELECT j, now(), 1, 1, 'page ' || nr, '1' FROM generate_series(1, 110) AS j,"
                + " generate_series(1, 1000) AS nr");
        record("unnest(ARRAY[110])");

        assertThat(schema.store().decisions().prune(RETENTION).block(PATIENCE)).isZero();

        assertThat(steps()).isZero();
        assertThat(cursors()).isZero();
    }

    /** Too few to go on at once: the next prune begins where this one ended, and wraps. */
    @Test
    void aPruneGoesOnWhereTheLastOneEnded() {
        schema.execute(
                "INSERT INTO " + schema.name() + ".tombstone (job, died_at, attempt, priority, state, queue, kind,"
                        + " payload, failures) SELECT j, now(), 1, 4, 'FAILED', 'default', 'grind', '{}', '[]'"
                        + " FROM generate_series(1, 5000) AS j");
        record("generate_series(1, 5001)");

        schema.store().decisions().prune(RETENTION).block(PATIENCE);
        assertThat(cursors()).as("all looked at have a tombstone").isEqualTo(5_001);
        schema.store().decisions().prune(RETENTION).block(PATIENCE);
        assertThat(cursors()).isEqualTo(5_000);
        schema.execute("DELETE FROM " + schema.name() + ".tombstone WHERE job = 1");
        schema.store().decisions().prune(RETENTION).block(PATIENCE);

        assertThat(cursors()).isEqualTo(4_999);
        schema.audit();
    }

    @Test
    void theSameStepTwiceIsReadOnceAndIsNoFinding() {
        record("unnest(ARRAY[" + live.value() + "])");
        schema.execute("INSERT INTO " + schema.name() + ".step SELECT * FROM " + schema.name() + ".step");

        List<JobSteps> read = schema.store().steps().read(List.of(live.value())).block(PATIENCE);

        assertThat(steps()).isEqualTo(4);
        assertThat(read.get(0).steps()).hasSize(2);
        schema.audit();
    }

    @Test
    void aStepWithTwoValuesIsFound() {
        record("unnest(ARRAY[" + live.value() + "])");

        schema.damage(AuditReport.What.STEP_TWICE, live);

        assertThat(schema.store().inspector().audit().block(PATIENCE).findings())
                .containsExactly(new Finding(AuditReport.What.STEP_TWICE, 1, live));
    }
}
