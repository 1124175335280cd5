package io.headrace.postgres;

import static io.headrace.postgres.OldJobs.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobTotals;
import io.headrace.RetryReport;
import io.headrace.postgres.upkeep.Segments;
import io.headrace.spi.ClaimedJob;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Segments are made ahead and dropped late, and what is still needed outlives them. */
@OnEachServer
class SegmentTest extends SegmentTests {

    SegmentTest(TestServer server) {
        super(server);
    }

    private long prune() {
        return prune(RETENTION);
    }

    private long prune(Duration retention) {
        long forgotten = schema.store().decisions().pruneCompleted(retention).block(PATIENCE);
        schema.audit();
        return forgotten;
    }

    private List<Long> claim(int limit) {
        return schema.store().leases().claim(request(worker(), limit)).block(PATIENCE).jobs().stream()
                .map(ClaimedJob::id)
                .toList();
    }

    @Test
    void segmentsAreMadeForTheNextTwoLengthsEachWhereTheLastOneEnds() {
        assertThat(prune()).isZero();
        assertThat(prune()).isZero();

        for (String parent : List.of("job", "completed", "attempt_failure")) {
            String ofParent = " FROM %s.segment WHERE ends_at < 'infinity' AND parent = '" + parent + "'";
            long hours = Segments.length(RETENTION).toHours();
            assertThat(schema.number("SELECT extract(epoch FROM max(ends_at) - now()) / 3600" + ofParent))
                    .as("hours ahead, of " + parent)
                    .isBetween(2 * hours - 1, 4 * hours);
            assertThat(schema.number("SELECT extract(epoch FROM min(starts_at) - now()) / 60" + ofParent))
                    .as("minutes until the first, of " + parent)
                    .isBetween(9L, 26L);
            assertThat(schema.number(
                            "SELECT count(*) FROM (SELECT starts_at, lag(ends_at) OVER (ORDER BY starts_at) AS ended"
                                    + ofParent + ") AS s WHERE starts_at <> ended"))
                    .as("gaps in " + parent)
                    .isZero();
        }
    }

    @Test
    void jobsOfTheTimeGoToItsSegment() {
        assertThat(prune()).isZero();
        long first = schema.number("SELECT %s.first_id(now() + interval '1 hour')");
        old.pending(first, 10);

        assertThat(old.rowsIn("job_default")).isZero();
        assertThat(claim(100)).hasSize(10);
    }

    @Test
    void aSegmentWithNothingLiveGoesAndItsCountsStay() {
        old.segments(20);
        old.segments(5);
        long first = old.firstId(20);
        old.completed(first, 1_000, 19);
        old.completed(old.firstId(5), 10, 4);

        assertThat(prune()).isEqualTo(1_000);

        assertThat(old.segmentsOf("job")).isEqualTo(1);
        assertThat(old.segmentsOf("completed")).isEqualTo(1);
        assertThat(old.segmentsOf("attempt_failure")).isEqualTo(1);
        assertThat(old.rowsIn("job_default")).isZero();
        assertThat(find(first)).isNull();
        assertThat(find(old.firstId(5))).isNotNull();
        assertThat(schema.store().inspector().totals().collectList().block(PATIENCE))
                .containsExactly(new JobTotals("default", "grind", 1_010, 0, 0, 0, 0));
    }

    @Test
    void theFewThatLiveMoveToTheDefaultPartition() {
        old.segments(20);
        long first = old.firstId(20);
        old.completed(first, 1_000, 19);
        old.pending(first + 1_000, 50);

        assertThat(prune()).isEqualTo(1_000);

        assertThat(old.segmentsOf("job")).isZero();
        assertThat(old.rowsIn("job_default")).isEqualTo(50);
        assertThat(schema.store().decisions().cancel(new JobId(first + 1_000)).block(PATIENCE))
                .isEqualTo(CancelAnswer.CANCELLED);
        assertThat(claim(100)).hasSize(49).doesNotContain(first + 1_000);
        assertThat(find(first + 1_049).payload()).contains("sack");
    }

    @Test
    void whatMovedGoesWhenItIsOverAsWell() {
        old.segments(20);
        long first = old.firstId(20);
        old.pending(first, 50);
        assertThat(prune()).isZero();
        schema.execute("WITH gone AS (DELETE FROM " + schema.name() + ".pending RETURNING size, jobs) INSERT INTO "
                + schema.name()
                + ".completed SELECT now() - interval '8 days', 1, 1, size, 'default', 'grind', jobs FROM gone");
        old.lookAgain();

        assertThat(prune()).as("the minute for a clock that was set back").isEqualTo(50);

        assertThat(old.rowsIn("job_default")).isZero();
        assertThat(old.rowsIn("completed_default")).isZero();
    }

    @Test
    void whatCompletedLaterThanTheRetentionCanStillBeFound() {
        old.segments(20);
        long first = old.firstId(20);
        old.completed(first, 1_000, 19);
        old.completed(first + 1_000, 1, 2);

        assertThat(prune()).isEqualTo(1_000);

        assertThat(old.segmentsOf("job")).isZero();
        assertThat(find(first + 1_000).payload()).contains("sack");
    }

    @Test
    void aSegmentWithManyThatLiveAndMoreThatDoNotIsCompactedOnce() {
        old.segments(20);
        long first = old.firstId(20);
        old.completed(first, 10_000, 19);
        old.pending(first + 10_000, 3_000);
        long before = table("job");

        assertThat(prune()).isEqualTo(10_000);

        assertThat(old.segmentsOf("job")).isEqualTo(1);
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isEqualTo(3_000);
        assertThat(old.rowsIn("job_default")).isZero();
        assertThat(schema.number("SELECT count(*) FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid"
                        + " WHERE r.relnamespace = '%s'::regnamespace AND c.conname ~ '^(in_range|apart)'"))
                .isZero();
        long file = table("job");
        assertThat(file).as("another table").isNotEqualTo(before);
        old.lookAgain();
        assertThat(prune()).isZero();
        assertThat(table("job")).as("not copied again").isEqualTo(file);
        assertThat(claim(2_000)).isNotEmpty();
    }

    /** The oid of the one table of the past. */
    private long table(String parent) {
        return schema.number("SELECT i.inhrelid::bigint FROM pg_inherits i JOIN pg_class r ON r.oid = i.inhrelid"
                + " JOIN %s.segment s ON s.name = r.relname WHERE i.inhparent = '%s." + parent
                + "'::regclass AND s.ends_at < now()");
    }

    @Test
    void aBacklogStaysAndDelaysNobodyElse() {
        old.segments(20);
        old.segments(19);
        long first = old.firstId(20);
        old.pending(first, 5_000);
        old.completed(first + 5_000, 1_000, 18);
        old.completed(old.firstId(19), 1_000, 18);

        assertThat(prune()).isEqualTo(2_000);

        assertThat(old.segmentsOf("job")).isEqualTo(1);
        assertThat(old.segmentsOf("completed")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isEqualTo(5_000);
        long file = table("job");
        old.lookAgain();
        assertThat(prune()).isZero();
        assertThat(table("job")).isEqualTo(file);

        assertThat(claim(1_000)).hasSize(1_000);
        schema.execute("UPDATE " + schema.name() + ".pending SET size = 10, jobs = jobs * int8multirange(int8range("
                + (first + 4_990) + ", NULL)); INSERT INTO " + schema.name()
                + ".completed SELECT now() - interval '10 days', 1, 1, 3990, 'default', 'grind', '{[" + (first + 1_000)
                + "," + (first + 4_990) + ")}'; UPDATE " + schema.name() + ".lease SET jobs = '{[" + first + ","
                + (first + 1_000) + ")}'");
        old.lookAgain();
        assertThat(prune()).isEqualTo(3_990);
        assertThat(old.segmentsOf("job")).as("few are left").isZero();
        assertThat(old.rowsIn("job_default")).isEqualTo(1_010);
    }

    @Test
    void aTombstoneIsRetriedWhenItsSegmentIsGoneAndKeepsItsFailures() {
        old.segments(10);
        old.segments(9);
        long id = old.firstId(10);
        old.failed(id, 9);
        assertThat(prune()).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isZero();
        assertThat(old.segmentsOf("attempt_failure")).isZero();

        assertThat(schema.store()
                        .decisions()
                        .retryFailed(FailedJobs.byId(List.of(new JobId(id))))
                        .block(PATIENCE))
                .isEqualTo(new RetryReport(1, 1, 0, 0));

        assertThat(find(id).failures()).extracting(AttemptFailure::message).containsExactly("first", "second");
        old.lookAgain();
        assertThat(prune()).isZero();
        assertThat(find(id).failures()).hasSize(2);
        assertThat(claim(10)).containsExactly(id);
    }

    @Test
    void theFailuresOfLiveJobsOutliveTheirSegment() {
        old.segments(20);
        long first = old.firstId(20);
        old.completed(first, 10, 19);
        old.pending(first + 10, 1);
        schema.execute(
                "INSERT INTO " + schema.name() + ".attempt_failure (job, worker, at, attempt, error_type, message)"
                        + " SELECT " + first
                        + " + n, 1, date_trunc('hour', now()) - interval '20 days' + interval '2 hours', 1,"
                        + " 'E', 'the stone is cracked' FROM generate_series(0, 10) AS n");

        assertThat(prune()).isEqualTo(10);

        assertThat(old.segmentsOf("attempt_failure")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.attempt_failure")).isEqualTo(1);
        assertThat(find(first + 10).failures()).hasSize(1);
    }

    @Test
    void aLargeDefaultPartitionIsProvenApartBeforeItIsLocked() {
        long first = schema.number("SELECT %s.first_id(now() - interval '1 hour')");
        schema.execute("BEGIN; INSERT INTO " + schema.name() + ".job (id, queue, kind, priority, payload)"
                + " SELECT " + first + " + n, 'default', 'grind', 4, to_jsonb(repeat('x', 900))"
                + " FROM generate_series(0, 9999) AS n; " + old.pendingSet(first, 10_000) + "COMMIT");

        String step = "SELECT (what = 'PROVING')::integer FROM %s.tidy(interval '7 days', interval '42 hours')";
        long proofs = IntStream.range(0, 30).mapToLong(i -> schema.number(step)).sum();

        // One or two, by the time of day: the first may reach far enough.
        long made = schema.number("SELECT count(*) FROM %s.segment WHERE parent = 'job' AND ends_at < 'infinity'");
        assertThat(made).isBetween(1L, 2L);
        assertThat(proofs).as("steps of proof").isGreaterThanOrEqualTo(2 * made);
        assertThat(schema.number("SELECT count(*) FROM %s.segment WHERE parent = 'job'"
                        + " AND starts_at < now() + interval '42 hours' AND ends_at < 'infinity'"))
                .as("a length ahead, should the constraint be left")
                .isZero();
        assertThat(schema.number("SELECT count(*) FROM pg_constraint WHERE conrelid = '%s.job_default'::regclass"
                        + " AND conname ~ '^apart'"))
                .isZero();
    }

    @Test
    void aRoleThatOwnsNothingCanTidy() {
        String role = schema.name() + "_app";
        String grants = "CREATE ROLE %1$s; GRANT USAGE ON SCHEMA %2$s TO %1$s;"
                + " GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %2$s TO %1$s";
        old.segments(20);
        old.completed(old.firstId(20), 10, 19);
        schema.execute(grants.formatted(role, schema.name()));
        try {
            tidyAs(role, 20);

            assertThat(old.segmentsOf("job")).isZero();
            assertThat(old.segmentsOf("completed")).isZero();
        } finally {
            schema.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    private void tidyAs(String role, int times) {
        for (int i = 0; i < times; i++) {
            schema.execute("SET ROLE " + role + "; SET search_path = ''; SELECT * FROM " + schema.name()
                    + ".tidy(interval '7 days', interval '42 hours'); RESET search_path; RESET ROLE");
        }
    }
}
