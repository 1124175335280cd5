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
import io.headrace.spi.StoredSchedule.Pause;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fire that waits is on record, and becomes one with a job or a skipped one. */
abstract class WaitingFireContract extends ScheduleSuite {

    private JobId first = new JobId(0);

    /** One fire has a job that has not ended, and the next one waits for it. */
    @BeforeEach
    void letOneWait() {
        given(hourly(NAME, Overlap.QUEUE_ONE).withTimes(nextAt(hour(-3))));
        first = fireAt(NAME, hour(-3));
        Shot waiting = new Shot(hour(-2), FireCause.DUE, FireOutcome.WAITING, 6, null, null);

        Fired fired = fireOne(new Firing(
                NAME,
                schedule(NAME).version(),
                List.of(waiting),
                hour(-1),
                hour(0),
                new Waiting(hour(-2), FireCause.DUE),
                6));

        assertThat(fired.recorded()).containsExactly(hour(-2));
        assertThat(fired.jobs()).isEmpty();
    }

    /** The engine says what comes of the fire that waits, and nothing waits from then on. */
    private Fired end(Shot... shots) {
        return fireOne(new Firing(NAME, schedule(NAME).version(), List.of(shots), hour(1), hour(1), null, 0));
    }

    @Test
    void aFireThatWaitsIsOnRecordWithoutAJob() {
        StoredSchedule schedule = schedule(NAME);

        assertThat(schedule.times().waiting()).isEqualTo(new Waiting(hour(-2), FireCause.DUE));
        assertThat(schedule.times().dueAt()).isEqualTo(hour(-1));
        assertThat(schedule.times().nextAt()).isEqualTo(hour(0));
        assertThat(schedule.history().fires()).isEqualTo(2);
        assertThat(schedule.history().lastAt()).isEqualTo(hour(-2));
        assertThat(schedule.history().lastJob()).isEqualTo(first.value());
        FireSnapshot fire = fireOf(NAME, hour(-2));
        assertThat(fire.outcome()).isEqualTo(FireOutcome.WAITING);
        assertThat(fire.job()).isNull();
        assertThat(fire.state()).isNull();
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void whyItFiresIsKept() {
        for (FireCause cause : FireCause.values()) {
            StoredSchedule schedule = written(hourly("cause " + cause));
            Waiting waiting = new Waiting(hour(0).plusNanos(123_456_000), cause);

            given(new Firing(
                    schedule.name(),
                    schedule.version(),
                    List.of(new Shot(waiting.at(), cause, FireOutcome.WAITING, 0, null, null)),
                    hour(1),
                    hour(1),
                    waiting,
                    0));

            assertThat(schedule(schedule.name()).times()).isEqualTo(new Times(null, hour(1), hour(1), waiting));
            assertThat(fireOf(schedule.name(), waiting.at()).cause()).isEqualTo(cause);
        }
    }

    @Test
    void itsJobIsEnqueuedWhenTheWaitIsOver() {
        passTime(Duration.ofMinutes(10));

        Fired fired = end(shot(hour(-2)));

        assertThat(fired.recorded()).containsExactly(hour(-2));
        JobId job = jobAt(fired, hour(-2));
        FireSnapshot fire = fireOf(NAME, hour(-2));
        assertThat(fire.outcome()).isEqualTo(FireOutcome.ENQUEUED);
        assertThat(fire.job()).isEqualTo(job).isNotEqualTo(first);
        assertThat(fire.state()).isEqualTo(JobState.PENDING);
        assertThat(fire.passedOver()).as("as it was recorded").isEqualTo(6);
        assertThat(Duration.between(fireOf(NAME, hour(-3)).firedAt(), fire.firedAt()))
                .as("fired when its job was enqueued")
                .isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        StoredSchedule schedule = schedule(NAME);
        assertThat(schedule.times()).isEqualTo(nextAt(hour(1)));
        assertThat(schedule.history().lastJob()).isEqualTo(job.value());
        assertThat(schedule.history().fires()).as("it counts once").isEqualTo(2);
        assertThat(schedule.history().passedOver()).isEqualTo(6);
        assertThat(fires(NAME)).hasSize(2);
    }

    @Test
    void itIsSkippedWhenAnotherTakesItsPlace() {
        Shot takes = new Shot(hour(-1), FireCause.DUE, FireOutcome.WAITING, 0, null, null);

        Fired fired = fireOne(new Firing(
                NAME,
                schedule(NAME).version(),
                List.of(shot(hour(-2), FireOutcome.SKIPPED), takes),
                hour(0),
                hour(0),
                new Waiting(hour(-1), FireCause.DUE),
                0));

        assertThat(fired.recorded()).containsExactlyInAnyOrder(hour(-2), hour(-1));
        assertThat(fired.jobs()).isEmpty();
        assertThat(fires(NAME))
                .extracting(FireSnapshot::outcome)
                .containsExactly(FireOutcome.WAITING, FireOutcome.SKIPPED, FireOutcome.ENQUEUED);
        assertThat(schedule(NAME).times().waiting()).isEqualTo(new Waiting(hour(-1), FireCause.DUE));
        assertThat(schedule(NAME).history().fires()).isEqualTo(3);
    }

    @Test
    void itsJobCannotBeMade() {
        assertThat(end(new Shot(hour(-2), FireCause.DUE, FireOutcome.FAILED, 0, null, "the sack is empty"))
                        .recorded())
                .isNotEmpty();

        FireSnapshot fire = fireOf(NAME, hour(-2));
        assertThat(fire.outcome()).isEqualTo(FireOutcome.FAILED);
        assertThat(fire.problem()).isEqualTo("the sack is empty");
        assertThat(fire.job()).isNull();
        assertThat(schedule(NAME).history().lastJob()).isEqualTo(first.value());
    }

    @Test
    void onceItHasAJobItIsLeftOut() {
        assertThat(end(shot(hour(-2))).recorded()).isNotEmpty();

        Fired again = end(shot(hour(-2)));

        assertThat(again.recorded()).isEmpty();
        assertThat(again.jobs()).isEmpty();
        assertThat(audit().jobs()).isEqualTo(2);
    }

    @Test
    void onceItIsSkippedItIsLeftOut() {
        assertThat(end(shot(hour(-2), FireOutcome.SKIPPED)).recorded()).isNotEmpty();

        assertThat(end(shot(hour(-2))).jobs()).isEmpty();

        assertThat(fireOf(NAME, hour(-2)).outcome()).isEqualTo(FireOutcome.SKIPPED);
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void itWaitsOnWhileOthersAreRecorded() {
        Waiting waiting = new Waiting(hour(-2), FireCause.DUE);

        given(new Firing(
                NAME,
                schedule(NAME).version(),
                List.of(shot(hour(-1), FireOutcome.SKIPPED)),
                hour(0),
                hour(0),
                waiting,
                0));

        assertThat(schedule(NAME).times().waiting()).isEqualTo(waiting);
        assertThat(fireOf(NAME, hour(-2)).outcome()).isEqualTo(FireOutcome.WAITING);
        assertThat(fireOf(NAME, hour(-2)).passedOver()).isEqualTo(6);
    }

    @Test
    void ofManyWhoEndTheWaitAtOnceExactlyOneDoes() {
        Firing firing = new Firing(NAME, schedule(NAME).version(), List.of(shot(hour(-2))), hour(1), hour(1), null, 0);

        List<List<Fired>> answers = atOnce(12, caller -> schedules().fire(List.of(firing), 0));

        assertThat(answers.stream().flatMap(List::stream)).hasSize(1);
        assertThat(audit().jobs()).isEqualTo(2);
    }

    @Test
    void itIsSkippedWhenAFiringNoLongerWaitsForIt() {
        assertThat(end(shot(hour(-1))).recorded()).isNotEmpty();

        assertSkipped();
        assertThat(schedule(NAME).times().waiting()).isNull();
    }

    @Test
    void itIsSkippedWhenAWriteNoLongerWaitsForIt() {
        given(schedule(NAME).withTimes(nextAt(hour(5))));

        assertSkipped();
    }

    @Test
    void itIsSkippedWhenItsScheduleIsRemoved() {
        assertThat(await(schedules().remove(NAME, schedule(NAME).version()))).isTrue();

        assertSkipped();
    }

    private void assertSkipped() {
        FireSnapshot fire = fireOf(NAME, hour(-2));
        assertThat(fire.outcome()).isEqualTo(FireOutcome.SKIPPED);
        assertThat(fire.job()).isNull();
        assertThat(fire.passedOver()).isEqualTo(6);
    }

    @Test
    void itStaysWhenAWriteKeepsIt() {
        StoredSchedule waiting = schedule(NAME);

        given(waiting.withTimes(
                new Times(Pause.OPERATOR, hour(5), null, waiting.times().waiting())));

        assertThat(fireOf(NAME, hour(-2)).outcome()).isEqualTo(FireOutcome.WAITING);
        assertThat(schedule(NAME).times().waiting()).isEqualTo(waiting.times().waiting());
    }

    @Test
    void itDoesNotWaitIfItsInstantHasFiredBefore() {
        given(new Firing(
                NAME,
                schedule(NAME).version(),
                List.of(shot(hour(-2)), shot(hour(-3), FireOutcome.WAITING)),
                hour(1),
                hour(1),
                new Waiting(hour(-3), FireCause.DUE),
                0));

        assertThat(schedule(NAME).times().waiting()).isNull();
        assertThat(fireOf(NAME, hour(-3)).job()).isEqualTo(first);
    }

    @Test
    void aBackfillOfItsInstantEndsTheWait() {
        given(backfill(NAME, backfilled(hour(-2))));

        assertThat(schedule(NAME).times()).isEqualTo(new Times(null, hour(-1), hour(0), null));
        assertThat(fireOf(NAME, hour(-2)).outcome()).isEqualTo(FireOutcome.ENQUEUED);
        assertThat(fireOf(NAME, hour(-2)).cause()).as("as it was recorded").isEqualTo(FireCause.DUE);
        assertThat(schedule(NAME).history().fires()).isEqualTo(2);
    }

    @Test
    void whoHasReadThatItWaitsComesTooLateAfterABackfillOfItsInstant() {
        StoredSchedule read = schedule(NAME);
        given(backfill(NAME, backfilled(hour(-2))));

        assertThat(await(schedules()
                        .write(List.of(read.withTimes(new Times(
                                Pause.OPERATOR, hour(-1), null, read.times().waiting()))))))
                .isEmpty();
        assertThat(fire(new Firing(
                        NAME,
                        read.version(),
                        List.of(shot(hour(-1), FireOutcome.SKIPPED)),
                        hour(0),
                        hour(0),
                        read.times().waiting(),
                        0)))
                .isEmpty();

        assertThat(schedule(NAME).times().waiting()).isNull();
        assertThat(schedule(NAME).times().dueAt()).isEqualTo(hour(-1));
    }
}
