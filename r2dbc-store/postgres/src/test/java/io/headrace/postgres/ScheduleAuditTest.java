package io.headrace.postgres;

import static io.headrace.postgres.ScheduleDraft.NOON;
import static io.headrace.postgres.ScheduleDraft.PATIENCE;
import static io.headrace.postgres.ScheduleDraft.firing;
import static io.headrace.postgres.ScheduleDraft.job;
import static io.headrace.postgres.ScheduleDraft.schedule;
import static io.headrace.postgres.ScheduleDraft.shot;
import static io.headrace.postgres.ScheduleDraft.waitingFor;
import static io.headrace.postgres.ScheduleDraft.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.JobId;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.Settlement;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Pause;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the audit finds of schedules and their fires, and what it does not take for a finding. */
@OnEachServer
class ScheduleAuditTest {

    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Duration RETENTION = Duration.ofHours(2);

    private final TestSchema schema;
    private final ScheduleStore store;
    private JobId job;

    ScheduleAuditTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        this.store = schema.store().schedules();
    }

    @AfterEach
    void close() {
        schema.close();
    }

    /** Of two schedules, rye has fired and waits, and oats has done nothing. */
    @BeforeEach
    void fire() {
        write(store, schedule("rye"), schedule("oats"));
        job = store.fire(
                        List.of(waitingFor(
                                firing(
                                        store,
                                        "rye",
                                        shot(NOON, FireOutcome.ENQUEUED, job(null)),
                                        shot(LATER, FireOutcome.WAITING, null)),
                                LATER)),
                        0)
                .block(PATIENCE)
                .get(0)
                .jobs()
                .get(NOON);
        assertThat(findings()).isEmpty();
    }

    private List<Finding> findings() {
        return schema.store().inspector().audit().block(PATIENCE).findings();
    }

    private void damage(String sql) {
        schema.execute(sql.replace("%s", schema.name()));
    }

    @Test
    void aScheduleWithoutANextTimeIsFound() {
        damage("UPDATE %s.schedule_state SET next_at = NULL WHERE schedule = 'oats'");

        assertThat(findings()).containsExactly(new Finding(What.SCHEDULE_STOPPED, 1, null, "oats"));
        assertThat(findings()).hasToString("[1 schedules without a next time, such as schedule 'oats']");
    }

    @Test
    void aScheduleThatStandsNowhereIsFound() {
        damage("DELETE FROM %s.schedule_state WHERE schedule = 'oats'");

        assertThat(findings()).containsExactly(new Finding(What.SCHEDULE_STOPPED, 1, null, "oats"));
    }

    @Test
    void aScheduleThatIsPausedOrHasEndedNeedsNoNextTime() {
        StoredSchedule paused = schedule("wheat").withTimes(new Times(Pause.OPERATOR, NOON, null, null));
        write(store, paused, schedule("barley").withTimes(new Times(null, null, null, null)));

        assertThat(findings()).isEmpty();
    }

    @Test
    void aFireThatWasRecordedTwiceIsFound() {
        damage("ALTER TABLE %s.fire DROP CONSTRAINT fire_pkey; INSERT INTO %s.fire SELECT * FROM %s.fire"
                + " WHERE outcome = 'ENQUEUED'");

        assertThat(findings()).containsExactly(new Finding(What.FIRED_TWICE, 1, null, "rye"));
    }

    @Test
    void aFireThatNamesNoJobIsFound() {
        damage("UPDATE %s.fire SET job = NULL");

        assertThat(findings()).containsExactly(new Finding(What.FIRE_WITHOUT_JOB, 1, null, "rye"));
    }

    @Test
    void aFireWhoseJobIsNowhereIsFound() {
        damage("DELETE FROM %s.pending; DELETE FROM %s.job");

        assertThat(findings()).containsExactly(new Finding(What.FIRE_WITHOUT_JOB, 1, job, "rye"));
        assertThat(findings()).hasToString("[1 fires without their job, such as " + job + " of schedule 'rye']");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM %s.fire WHERE outcome = 'WAITING'",
                "UPDATE %s.schedule_state SET waiting_at = NULL, waiting_cause = NULL"
            })
    void aWaitWithoutItsOtherHalfIsFound(String damage) {
        damage(damage);

        assertThat(findings()).containsExactly(new Finding(What.WAITING_LOST, 1, null, "rye"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFireMayOutliveItsJob(boolean inSegments) {
        if (inSegments) {
            damage("SELECT %s.attach_segment('completed', date_trunc('hour', now()) + n * interval '1 hour',"
                    + " date_trunc('hour', now()) + (n + 1) * interval '1 hour') FROM generate_series(-12, 1) AS n");
        }
        complete();
        schema.passTime(RETENTION.multipliedBy(4));
        for (int round = 0; round < 2; round++) {
            new OldJobs(schema).lookAgain();
            schema.store().decisions().pruneCompleted(RETENTION).block(PATIENCE);
        }
        assertThat(schema.number("SELECT (SELECT count(*) FROM %s.job) + (SELECT count(*) FROM %s.completed)"))
                .isZero();

        assertThat(findings()).isEmpty();
        damage("UPDATE %s.segment SET forgotten_to = NULL");
        assertThat(findings()).containsExactly(new Finding(What.FIRE_WITHOUT_JOB, 1, job, "rye"));
    }

    private void complete() {
        long worker = schema.store()
                .workers()
                .register("miller", Set.of("default"), Duration.ofHours(1), false)
                .block(PATIENCE);
        ClaimRequest request =
                new ClaimRequest(worker, "default", Map.of("grind", new ClaimRequest.Terms(3, Duration.ofHours(1))), 1);
        ClaimedJob claimed =
                schema.store().leases().claim(request).block(PATIENCE).jobs().get(0);
        schema.store()
                .leases()
                .settle(
                        worker,
                        List.of(new Settlement(claimed.lease(), claimed.id(), false, Verdict.Completed.INSTANCE)))
                .block(PATIENCE);
    }
}
