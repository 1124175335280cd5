package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Overlap;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Fires are added to a schedule in whatever version it is, and it goes on as before. */
abstract class BackfillContract extends ScheduleSuite {

    @Test
    void firesAreAddedAndTheTimesStay() {
        given(hourly(NAME));
        JobId last = fireNext(NAME);
        StoredSchedule before = schedule(NAME);

        Fired fired = fireOne(backfill(NAME, backfilled(hour(-2)), backfilled(hour(-1))));

        assertThat(fired.recorded()).containsExactlyInAnyOrder(hour(-2), hour(-1));
        assertThat(fired.jobs()).containsOnlyKeys(hour(-2), hour(-1));
        StoredSchedule after = schedule(NAME);
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.times()).isEqualTo(before.times());
        assertThat(after.history().lastAt()).isEqualTo(hour(0));
        assertThat(after.history().lastJob()).isEqualTo(last.value());
        assertThat(after.history().fires()).isEqualTo(3);
        assertThat(fires(NAME))
                .extracting(FireSnapshot::cause)
                .containsExactly(FireCause.DUE, FireCause.BACKFILL, FireCause.BACKFILL);
        assertThat(fireOf(NAME, hour(-2)).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void itIsIdempotent() {
        given(hourly(NAME));
        given(backfill(NAME, backfilled(hour(-3)), backfilled(hour(-1))));

        Fired again = fireOne(backfill(NAME, backfilled(hour(-3)), backfilled(hour(-2)), backfilled(hour(-1))));

        assertThat(again.recorded()).containsExactly(hour(-2));
        assertThat(again.jobs()).containsOnlyKeys(hour(-2));
        assertThat(fireOne(backfill(NAME, backfilled(hour(-2))))).isEqualTo(new Fired(NAME, Set.of(), Map.of()));
        assertThat(audit().jobs()).isEqualTo(3);
        assertThat(schedule(NAME).history().fires()).isEqualTo(3);
    }

    @Test
    void anInstantThatWasBackfilledIsNotFiredWhenItIsDue() {
        StoredSchedule created = written(hourly(NAME));
        given(backfill(NAME, backfilled(hour(0))));

        Fired fired = fireOne(firing(created, shot(hour(0))));

        assertThat(fired.recorded()).isEmpty();
        assertThat(schedule(NAME).times()).isEqualTo(nextAt(hour(1)));
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void aPausedScheduleIsBackfilledAndStaysPaused() {
        StoredSchedule paused = written(hourly(NAME).withTimes(paused(hour(0))));

        assertThat(fireOne(backfill(NAME, backfilled(hour(-1)))).jobs()).hasSize(1);

        assertThat(schedule(NAME).times()).isEqualTo(paused.times());
        assertThat(schedule(NAME).version()).isEqualTo(paused.version());
    }

    @Test
    void aPausedScheduleIsRunNowAndThatIsItsLastFire() {
        given(hourly(NAME).withTimes(paused(hour(0))));
        Instant asked = now();
        Shot shot = new Shot(asked, FireCause.RUN_NOW, FireOutcome.ENQUEUED, 0, STORED_PAYLOAD, null);

        Fired fired = fireOne(backfill(NAME, shot));

        StoredSchedule after = schedule(NAME);
        assertThat(after.times()).isEqualTo(paused(hour(0)));
        assertThat(after.history().lastAt()).isEqualTo(asked);
        assertThat(after.history().lastJob()).isEqualTo(jobAt(fired, asked).value());
        assertThat(fires(NAME)).extracting(FireSnapshot::cause).containsExactly(FireCause.RUN_NOW);
    }

    @Test
    void aFireThatWaitsGoesOnWaiting() {
        Waiting waiting = new Waiting(hour(-1), FireCause.DUE);
        StoredSchedule created = written(hourly(NAME, Overlap.QUEUE_ONE));
        given(new Firing(
                NAME,
                created.version(),
                List.of(shot(hour(-2)), shot(hour(-1), FireOutcome.WAITING)),
                hour(0),
                hour(0),
                waiting,
                0));

        given(backfill(NAME, backfilled(hour(-5))));

        assertThat(schedule(NAME).times()).isEqualTo(new Times(null, hour(0), hour(0), waiting));
        assertThat(fireOf(NAME, hour(-1)).outcome()).isEqualTo(FireOutcome.WAITING);
    }

    @Test
    void ofManyWhoBackfillAtOnceEachInstantIsFiredByOne() {
        given(hourly(NAME));
        Shot[] shots =
                IntStream.range(-20, 0).mapToObj(n -> backfilled(hour(n))).toArray(Shot[]::new);

        List<Fired> answers = atOnce(8, caller -> onceFree(backfill(NAME, shots)));

        assertThat(answers.stream().flatMap(fired -> fired.recorded().stream()))
                .hasSize(20)
                .doesNotHaveDuplicates();
        assertThat(audit().jobs()).isEqualTo(20);
        assertThat(schedule(NAME).history().fires()).isEqualTo(20);
    }

    @Test
    void firingsAndBackfillsAtOnceFireEachInstantOnce() {
        given(hourly(NAME));
        StoredSchedule created = schedule(NAME);

        List<Fired> answers = atOnce(
                2,
                caller -> onceFree(
                        caller == 0
                                ? firing(created, shot(hour(-1)), shot(hour(0)))
                                : backfill(NAME, backfilled(hour(-2)), backfilled(hour(-1)), backfilled(hour(0)))));

        assertThat(answers.stream().flatMap(fired -> fired.recorded().stream()))
                .containsExactlyInAnyOrder(hour(-2), hour(-1), hour(0));
        assertThat(audit().jobs()).isEqualTo(3);
        assertThat(schedule(NAME).version()).isEqualTo(created.version() + 1);
    }

    /** A schedule that somebody else is changing is left alone. */
    private Mono<Fired> onceFree(Firing firing) {
        return schedules()
                .fire(List.of(firing), 0)
                .filter(fired -> !fired.isEmpty())
                .map(fired -> fired.get(0))
                .repeatWhenEmpty(again -> again);
    }
}
