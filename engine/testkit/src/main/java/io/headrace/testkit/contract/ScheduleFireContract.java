package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidJobException;
import io.headrace.JobState;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.StoredSchedule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Fires, jobs and next times are one step, which takes place once, in the version that it is based on. */
abstract class ScheduleFireContract extends ScheduleSuite {

    @Test
    void aFiringEnqueuesRecordsAndMovesOn() {
        StoredSchedule created = written(hourly(NAME));

        Fired fired = fireOne(firing(created, shot(hour(0))));

        assertThat(fired.recorded()).containsExactly(hour(0));
        assertThat(fired.jobs()).containsOnlyKeys(hour(0));
        assertThat(find(jobAt(fired, hour(0))).state()).isEqualTo(JobState.PENDING);
        FireSnapshot fire = fires(NAME).get(0);
        assertThat(fire)
                .isEqualTo(new FireSnapshot(
                        NAME,
                        hour(0),
                        fire.firedAt(),
                        FireCause.DUE,
                        FireOutcome.ENQUEUED,
                        0,
                        fired.jobs().get(hour(0)),
                        JobState.PENDING,
                        null));
        assertThat(fire.firedAt()).isBetween(hour(0), now());
        StoredSchedule moved = schedule(NAME);
        assertThat(moved.version()).isEqualTo(created.version() + 1);
        assertThat(moved.times()).isEqualTo(nextAt(hour(1)));
        assertThat(moved.terms()).isEqualTo(created.terms());
    }

    @Test
    void nothingIsFiredBeforeSubscriptionAndOnceForAll() {
        Mono<List<Fired>> firing = schedules().fire(List.of(firing(written(hourly(NAME)), shot(hour(0)))), 0);
        assertThat(audit().jobs()).isZero();

        assertThat(await(firing)).hasSize(1);
        assertThat(await(firing)).isEmpty();
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void aFiringOfAnotherVersionDoesNothing() {
        StoredSchedule created = written(hourly(NAME));
        StoredSchedule changed = written(created.withTimes(nextAt(hour(-1))));

        assertThat(fire(firing(created, shot(hour(0)), shot(hour(1))))).isEmpty();
        assertThat(fire(new Firing(NAME, changed.version() + 1, List.of(shot(hour(0))), null, null, null, 9)))
                .isEmpty();

        assertNothingFired(changed);
    }

    @Test
    void aPausedScheduleDoesNotFire() {
        StoredSchedule paused = written(hourly(NAME).withTimes(paused(hour(0))));

        assertThat(fire(firing(paused, shot(hour(0))))).isEmpty();

        assertNothingFired(paused);
    }

    private void assertNothingFired(StoredSchedule before) {
        assertThat(schedule(NAME)).isEqualTo(before);
        assertThat(fires(NAME)).isEmpty();
        assertThat(audit().jobs()).isZero();
    }

    @Test
    void anUnknownScheduleDoesNotFire() {
        assertThat(fire(firing(hourly(NAME), shot(hour(0))))).isEmpty();
        assertThat(fire(backfill(NAME, backfilled(hour(0))))).isEmpty();

        assertThat(fires(NAME)).isEmpty();
        assertThat(audit().jobs()).isZero();
    }

    @Test
    void eachOfSeveralIsAStepOfItsOwn() {
        StoredSchedule rye = written(hourly("rye"));
        StoredSchedule oats = written(hourly("oats"));
        StoredSchedule barley = written(hourly("barley"));
        given(oats.withTimes(paused(hour(0))));

        List<Fired> fired =
                fire(firing(rye, shot(hour(0))), firing(oats, shot(hour(0))), firing(barley, shot(hour(0))));

        assertThat(fired).extracting(Fired::name).containsExactlyInAnyOrder("rye", "barley");
        assertThat(fires("oats")).isEmpty();
        assertThat(fires("rye").get(0).job())
                .isNotEqualTo(fires("barley").get(0).job());
        assertThat(audit().pending()).isEqualTo(2);
    }

    @Test
    void ofManyWhoFireAVersionAtOnceExactlyOneDoes() {
        for (int round = 0; round < 20; round++) {
            StoredSchedule schedule = written(hourly("round " + round));
            Firing firing = firing(schedule, shot(hour(0)));

            List<List<Fired>> answers = atOnce(12, caller -> schedules().fire(List.of(firing), 0));

            assertThat(answers.stream().flatMap(List::stream))
                    .as("firings that took place")
                    .hasSize(1);
            assertThat(fires(schedule.name())).hasSize(1);
        }
        assertThat(audit().pending()).isEqualTo(20);
    }

    @Test
    void ofManyWhoFireTheSameSchedulesAtOnceEachIsFiredByOne() {
        List<StoredSchedule> all = written(60);
        List<Firing> firings =
                all.stream().map(one -> firing(one, shot(hour(0)))).toList();

        List<List<Fired>> answers = atOnce(8, caller -> schedules().fire(rotated(firings, caller * 7), 0));

        assertThat(answers.stream().flatMap(List::stream).map(Fired::name))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(StoredSchedule::name).toList());
        assertThat(audit().pending()).isEqualTo(60);
    }

    private static List<Firing> rotated(List<Firing> firings, int by) {
        return concat(firings.subList(by, firings.size()), firings.subList(0, by));
    }

    @Test
    void aScheduleIsEitherFiredOrChanged() {
        for (int round = 0; round < 20; round++) {
            StoredSchedule schedule = written(hourly("round " + round));
            Firing firing = firing(schedule, shot(hour(0)));
            StoredSchedule change = schedule.withTimes(paused(hour(5)));

            List<Boolean> took = atOnce(
                    2,
                    caller -> caller == 0
                            ? schedules().fire(List.of(firing), 0).map(fired -> !fired.isEmpty())
                            : schedules().write(List.of(change)).map(written -> !written.isEmpty()));

            assertThat(took).containsExactlyInAnyOrder(true, false);
            assertThat(fires(schedule.name())).hasSize(took.get(0) ? 1 : 0);
        }
    }

    @Test
    void anInstantOnRecordIsLeftOutWithItsJob() {
        given(hourly(NAME));
        givenFire(NAME, hour(-1));
        FireSnapshot before = fireOf(NAME, hour(-1));

        Fired fired = fireOne(firing(schedule(NAME), shot(hour(-2)), shot(hour(-1)), shot(hour(0))));

        assertThat(fired.recorded()).containsExactlyInAnyOrder(hour(-2), hour(0));
        assertThat(fired.jobs()).containsOnlyKeys(hour(-2), hour(0));
        assertThat(fireOf(NAME, hour(-1))).isEqualTo(before);
        assertThat(audit().pending()).isEqualTo(3);
        assertThat(schedule(NAME).history().fires()).isEqualTo(3);
    }

    @Test
    void aFiringOfNothingNewMovesTheTimes() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));

        Fired fired = fireOne(firing(schedule(NAME), shot(hour(0))));

        assertThat(fired.recorded()).isEmpty();
        assertThat(fired.jobs()).isEmpty();
        assertThat(schedule(NAME).times()).isEqualTo(nextAt(hour(1)));
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void whatFiredBeforeAScheduleWasRemovedDoesNotFireAgain() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));
        assertThat(await(schedules().remove(NAME, schedule(NAME).version()))).isTrue();
        StoredSchedule again = written(hourly(NAME));

        assertThat(fireOne(firing(again, shot(hour(0)))).jobs()).isEmpty();

        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void aFiringWithoutFiresMovesTheTimes() {
        StoredSchedule created = written(hourly(NAME));

        Fired fired = fireOne(new Firing(NAME, created.version(), List.of(), hour(7), hour(8), null, 5));

        assertThat(fired).isEqualTo(new Fired(NAME, Set.of(), Map.of()));
        StoredSchedule moved = schedule(NAME);
        assertThat(moved.times().dueAt()).isEqualTo(hour(7));
        assertThat(moved.times().nextAt()).isEqualTo(hour(8));
        assertThat(moved.history().passedOver()).isEqualTo(5);
        assertThat(moved.history().lastAt()).isNull();
        assertThat(fires(NAME)).isEmpty();
    }

    @Test
    void aScheduleEndsWithItsLastFire() {
        StoredSchedule created = written(hourly(NAME));

        given(new Firing(NAME, created.version(), List.of(shot(hour(0))), null, null, null, 0));

        assertThat(schedule(NAME).times()).isEqualTo(nextAt(null));
    }

    @Test
    void theHistoryTellsWhatItHasDone() {
        StoredSchedule created = written(hourly(NAME));
        Shot passedOver = new Shot(hour(-2), FireCause.DUE, FireOutcome.ENQUEUED, 40, STORED_PAYLOAD, null);
        Shot failed = new Shot(hour(-1), FireCause.DUE, FireOutcome.FAILED, 0, null, "the sack is empty");

        Fired fired = fireOne(new Firing(
                NAME,
                created.version(),
                List.of(passedOver, failed, shot(hour(0), FireOutcome.SKIPPED)),
                hour(1),
                hour(1),
                null,
                40));

        assertThat(fired.recorded()).hasSize(3);
        assertThat(fired.jobs()).containsOnlyKeys(hour(-2));
        StoredSchedule moved = schedule(NAME);
        assertThat(moved.history().lastAt()).isEqualTo(hour(0));
        assertThat(moved.history().lastJob()).isEqualTo(jobAt(fired, hour(-2)).value());
        assertThat(moved.history().fires()).isEqualTo(3);
        assertThat(moved.history().passedOver()).isEqualTo(40);
        assertThat(fireOf(NAME, hour(-2)).passedOver()).isEqualTo(40);
        assertThat(fireOf(NAME, hour(-1)).problem()).isEqualTo("the sack is empty");
        assertThat(fires(NAME))
                .extracting(FireSnapshot::outcome)
                .containsExactly(FireOutcome.SKIPPED, FireOutcome.FAILED, FireOutcome.ENQUEUED);
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void aRefusedPayloadLeavesNothingHalfDone() {
        StoredSchedule good = written(hourly("good"));
        StoredSchedule bad = written(hourly("bad"));
        Shot refused = shot(hour(0), new ShotJob(QUEUE, KIND, 4, "{\"n\":", null, null, null));

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> fire(firing(good, shot(hour(0))), firing(bad, shot(hour(-1)), refused)));

        assertThat(look("good", "bad")).containsExactlyInAnyOrder(good, bad);
        assertThat(concat(fires("good"), fires("bad"))).isEmpty();
        assertThat(audit().jobs()).isZero();
        assertThat(fireOne(firing(good, shot(hour(0)))).jobs()).hasSize(1);
    }

    @Test
    void aThousandJobsAreEnqueuedAtOnce() {
        StoredSchedule created = written(hourly(NAME));
        Shot[] shots = IntStream.range(-1_000, 0).mapToObj(n -> shot(hour(n))).toArray(Shot[]::new);

        Fired fired = fireOne(firing(created, shots));

        assertThat(fired.recorded()).hasSize(1_000);
        assertThat(fired.jobs().values()).hasSize(1_000).doesNotHaveDuplicates();
        List<Instant> inOrder = fires(NAME).stream().map(FireSnapshot::at).toList();
        assertThat(inOrder).hasSize(1_000).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(schedule(NAME).history().lastJob())
                .isEqualTo(jobAt(fired, hour(-1)).value());
        assertThat(audit().pending()).isEqualTo(1_000);
    }
}
