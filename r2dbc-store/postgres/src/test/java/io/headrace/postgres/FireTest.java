package io.headrace.postgres;

import static io.headrace.postgres.ScheduleDraft.NOON;
import static io.headrace.postgres.ScheduleDraft.PATIENCE;
import static io.headrace.postgres.ScheduleDraft.find;
import static io.headrace.postgres.ScheduleDraft.firing;
import static io.headrace.postgres.ScheduleDraft.job;
import static io.headrace.postgres.ScheduleDraft.schedule;
import static io.headrace.postgres.ScheduleDraft.shot;
import static io.headrace.postgres.ScheduleDraft.waitingFor;
import static io.headrace.postgres.ScheduleDraft.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidJobException;
import io.headrace.JobClient;
import io.headrace.JobType;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Overlap;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A firing is whole or not at all, waits for nobody, and leaves what is on record as it is. */
@OnEachServer
class FireTest {

    private static final Instant LATER = NOON.plusSeconds(60);

    private final TestSchema schema;
    private final ScheduleStore store;

    FireTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        this.store = schema.store().schedules();
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    private List<Fired> fire(Firing... firings) {
        return store.fire(List.of(firings), 0).block(PATIENCE);
    }

    private List<FireOutcome> outcomes(String schedule) {
        return store.fires(schedule, null, 10)
                .map(FireSnapshot::outcome)
                .collectList()
                .block(PATIENCE);
    }

    @Test
    void jobsOfSeveralSchedulesAreOneSet() {
        write(store, schedule("rye"), schedule("oats"));

        assertThat(fire(firing(store, "rye", NOON), firing(store, "oats", NOON)))
                .hasSize(2);

        assertThat(schema.number("SELECT size FROM %s.pending")).isEqualTo(2);
        assertThat(schema.number("SELECT count(*) FROM %s.job WHERE payload->>'grain' = 'rye'"))
                .isEqualTo(2);
    }

    @Test
    void ofManyAtOnceOneFires() {
        write(store, schedule("rye"), schedule("oats"));
        List<Firing> firings = List.of(firing(store, "rye", NOON), firing(store, "oats", NOON));

        List<Fired> fired = Flux.range(0, 16)
                .flatMap(caller -> store.fire(firings, 0), 16)
                .flatMapIterable(each -> each)
                .collectList()
                .block(PATIENCE);

        assertThat(fired).extracting(Fired::name).containsExactlyInAnyOrder("rye", "oats");
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isEqualTo(2);
    }

    @Test
    void dataThatIsRefusedLeavesNothingBehind() {
        write(store, schedule("rye"), schedule("oats"));
        StoredSchedule before = find(store, "rye");
        ShotJob refused = new ShotJob("default", "grind", 4, "\"\\u0000\"", null, null, null);

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> fire(
                        firing(store, "rye", NOON), firing(store, "oats", shot(NOON, FireOutcome.ENQUEUED, refused))));

        assertThat(schema.number("SELECT count(*) FROM %s.fire")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isZero();
        assertThat(find(store, "rye")).isEqualTo(before);
    }

    @Test
    void aPayloadThatIsRefusedIsNotWritten() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> write(store, schedule("rye"), schedule("oats", "\"\\u0000\"", Overlap.ALLOW)));

        assertThat(store.page("", 10).block(PATIENCE).schedules()).isEmpty();
    }

    @Test
    void aScheduleThatSomebodyHasLockedIsPassedBy() throws SQLException {
        write(store, schedule("rye"), schedule("oats"));
        try (Connection other = schema.server().jdbc();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM " + schema.name() + ".schedule_state WHERE schedule = 'rye' FOR UPDATE");

            assertThat(fire(firing(store, "rye", NOON), firing(store, "oats", NOON)))
                    .extracting(Fired::name)
                    .containsExactly("oats");
            assertThat(fire(firing("rye", 0, NOON))).isEmpty();
            other.rollback();
        }
        assertThat(fire(firing(store, "rye", NOON))).hasSize(1);
    }

    @Test
    void anInstantOnRecordIsLeftOutWithItsJob() {
        write(store, schedule("rye"));
        fire(firing(store, "rye", NOON));

        Fired fired = fire(firing(
                        store,
                        "rye",
                        shot(NOON, FireOutcome.ENQUEUED, job(null)),
                        shot(LATER, FireOutcome.ENQUEUED, job(null))))
                .get(0);

        assertThat(fired.recorded()).containsExactly(LATER);
        assertThat(fired.jobs()).containsOnlyKeys(LATER);
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isEqualTo(2);
        assertThat(find(store, "rye").history().fires()).isEqualTo(2);
    }

    @Test
    void aKeyThatSomebodyElseHasIsLeftToHim() {
        JobClient.create(schema.store())
                .enqueue(JobType.of("grind", String.class).job("mine").uniqueKey("rye@noon"))
                .block(PATIENCE);
        write(store, schedule("rye", "{}", Overlap.SKIP));

        assertThat(fire(firing(store, "rye", shot(NOON, FireOutcome.ENQUEUED, job("rye@noon")))))
                .hasSize(1);

        assertThat(schema.number("SELECT count(*) FROM %s.unique_key")).isOne();
        assertThat(find(store, "rye").history().isBusy()).isFalse();
    }

    @Test
    void aFireWaitsAsLongAsItsScheduleSaysSo() {
        write(store, schedule("rye"), schedule("oats"), schedule("barley"), schedule("wheat"));
        for (String name : List.of("rye", "oats", "barley", "wheat")) {
            fire(waitingFor(firing(store, name, shot(NOON, FireOutcome.WAITING, null)), NOON));
            assertThat(outcomes(name)).containsExactly(FireOutcome.WAITING);
        }

        fire(firing(store, "rye", NOON));
        fire(firing(store, "oats", LATER));
        store.remove("barley", find(store, "barley").version()).block(PATIENCE);
        store.write(List.of(find(store, "wheat").withTimes(schedule("wheat").times())))
                .block(PATIENCE);

        assertThat(outcomes("rye")).containsExactly(FireOutcome.ENQUEUED);
        assertThat(outcomes("oats")).containsExactly(FireOutcome.ENQUEUED, FireOutcome.SKIPPED);
        assertThat(outcomes("barley")).containsExactly(FireOutcome.SKIPPED);
        assertThat(outcomes("wheat")).containsExactly(FireOutcome.SKIPPED);
    }

    @Test
    void aScheduleDoesNotWaitForAFireThatIsOver() {
        write(store, schedule("rye"));
        fire(firing("rye", 0, NOON));

        fire(waitingFor(firing(store, "rye", shot(NOON, FireOutcome.WAITING, null)), NOON));

        assertThat(find(store, "rye").times().waiting()).isNull();
        assertThat(outcomes("rye")).containsExactly(FireOutcome.ENQUEUED);
    }
}
