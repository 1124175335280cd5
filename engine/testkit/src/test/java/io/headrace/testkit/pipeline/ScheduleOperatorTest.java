package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Fires.START;
import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.StoreException;
import io.headrace.schedule.BackfillReport;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.InvalidScheduleException;
import io.headrace.schedule.Once;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.SaveAnswer;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.ScheduleState;
import io.headrace.schedule.UnknownScheduleException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What can be done with schedules at run time. */
class ScheduleOperatorTest {

    private static final Schedule HOURLY = Schedule.of("mill", Cron.of("0 * * * *"), GRIND.job("rye"));

    @RegisterExtension
    final Mill mill = new Mill();

    private Fires fires;
    private ScheduleOperator desk;

    @BeforeEach
    void open() {
        fires = new Fires(mill);
        desk = fires.desk();
    }

    private void start() {
        mill.start(fires.grinding(ofSeconds(1)));
    }

    private SaveAnswer save(Schedule schedule) {
        return fires.answer(desk.save(schedule));
    }

    @Test
    void aScheduleIsCreatedChangedAndRemoved() {
        assertThat(save(HOURLY)).isEqualTo(SaveAnswer.CREATED);
        assertThat(save(HOURLY.overlap(Overlap.SKIP))).isEqualTo(SaveAnswer.CHANGED);
        ScheduleSnapshot saved = fires.find("mill");
        assertThat(saved.overlap()).isEqualTo(Overlap.SKIP);
        assertThat(saved.timetable()).isEqualTo(HOURLY.timetable());
        assertThat(saved.next()).isEqualTo(START.plus(ofHours(1)));
        assertThat(saved.isDeclared()).isFalse();

        fires.answer(desk.remove("mill"));

        assertThat(fires.find("mill")).isNull();
    }

    @Test
    void whatCameWhileItWasPausedIsOver() {
        start();
        save(HOURLY);
        fires.answer(desk.pause("mill"));
        fires.answer(desk.pause("mill"));
        mill.pass(ofHours(5).plusMinutes(30));
        assertThat(fires.begun).isEmpty();

        fires.answer(desk.resume("mill"));
        mill.pass(ofHours(1));

        assertThat(fires.begun).containsExactly("rye PT6H");
        assertThat(fires.find("mill").passedOver()).isZero();
    }

    @Test
    void runNowFiresAndLeavesTheTimetableAlone() {
        start();
        save(HOURLY);

        FireSnapshot fire = fires.answer(desk.runNow("mill"));
        mill.pass(ofSeconds(2));

        assertThat(fire.cause()).isEqualTo(FireCause.RUN_NOW);
        assertThat(fire.job()).isNotNull();
        assertThat(mill.find(fire.job()).state()).isEqualTo(JobState.COMPLETED);
        assertThat(fires.find("mill").next()).isEqualTo(START.plus(ofHours(1)));
        assertThat(fires.find("mill").lastJob()).isEqualTo(fire.job());
    }

    @Test
    void runNowWorksWhileItIsPaused() {
        start();
        save(HOURLY);
        fires.answer(desk.pause("mill"));

        fires.answer(desk.runNow("mill"));
        mill.pass(ofHours(3));

        assertThat(fires.begun).hasSize(1);
        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.PAUSED);
    }

    @Test
    void runNowOfAFunctionIsLeftToAnEngineThatHasIt() {
        mill.start(e -> fires.grinding(ofSeconds(1))
                .apply(e)
                .schedule(Schedule.of("made", Cron.of("0 * * * *"), GRIND, fire -> GRIND.job("of " + fire.cause()))));

        FireSnapshot fire = fires.answer(desk.runNow("made"));
        mill.pass(ofSeconds(2));

        assertThat(fire.outcome()).isEqualTo(FireOutcome.WAITING);
        assertThat(fires.begun).singleElement().asString().startsWith("of RUN_NOW");
        assertThat(fires.history("made")).singleElement().satisfies(after -> {
            assertThat(after.at()).isEqualTo(fire.at());
            assertThat(after.outcome()).isEqualTo(FireOutcome.ENQUEUED);
        });
    }

    @Test
    void runNowHeedsTheOverlap() {
        mill.start(fires.grinding(ofMinutes(5)));
        save(HOURLY.overlap(Overlap.SKIP));

        FireSnapshot first = fires.answer(desk.runNow("mill"));
        mill.pass(ofSeconds(2));
        FireSnapshot second = fires.answer(desk.runNow("mill"));

        assertThat(first.outcome()).isEqualTo(FireOutcome.ENQUEUED);
        assertThat(second.outcome()).isEqualTo(FireOutcome.SKIPPED);
    }

    @Test
    void aPreviewShowsTheNextInstants() {
        save(HOURLY);

        assertThat(fires.answer(desk.preview("mill", 3)))
                .containsExactly(START.plus(ofHours(1)), START.plus(ofHours(2)), START.plus(ofHours(3)));
        save(Schedule.of("once", Once.at(START.plus(ofHours(1))), GRIND.job("rye")));
        assertThat(fires.answer(desk.preview("once", 3))).containsExactly(START.plus(ofHours(1)));
    }

    @Test
    void aBackfillFiresWhatHasNotAndOnlyOnce() {
        start();
        save(HOURLY);
        mill.pass(ofHours(2).plusMinutes(1));
        Instant from = START.minus(ofHours(10));
        Instant to = START.plus(ofHours(2)).plusSeconds(1);

        BackfillReport first = fires.answer(desk.backfill("mill", from, to));
        mill.pass(ofMinutes(1));
        BackfillReport second = fires.answer(desk.backfill("mill", from, to));

        assertThat(first).isEqualTo(new BackfillReport(13, 11, 0, 2));
        assertThat(second).isEqualTo(new BackfillReport(13, 0, 0, 13));
        assertThat(fires.begun).hasSize(13).doesNotHaveDuplicates().contains("rye PT-10H", "rye PT0S");
        assertThat(fires.find("mill").next()).isEqualTo(START.plus(ofHours(3)));
        assertThat(fires.find("mill").lastAt()).isEqualTo(START.plus(ofHours(2)));
    }

    @Test
    void aBackfillOfTooMuchIsRefused() {
        save(Schedule.of("often", Every.of(ofSeconds(1)), GRIND.job("rye")));

        refused("to", desk.backfill("often", START.minusSeconds(10_001), START));
        refused("to", desk.backfill("often", Instant.MIN, START));
        refused("to", desk.backfill("often", START, START.plus(ofDays(1))));
        refused("from", desk.backfill("often", START, START));
        assertThat(fires.history("often")).isEmpty();
    }

    @Test
    void aBackfillOfWhatWasPrunedIsRefused() {
        mill.start(e -> fires.grinding(ofSeconds(1)).apply(e).fireRetention(ofHours(1)));
        save(HOURLY);
        mill.pass(ofHours(5).plusMinutes(30));

        refused("from", desk.backfill("mill", START.plus(ofHours(1)), START.plus(ofHours(5))));
        BackfillReport report = fires.answer(desk.backfill(
                "mill", START.plus(ofHours(5)), START.plus(ofHours(5)).plusSeconds(1)));

        assertThat(report).isEqualTo(new BackfillReport(1, 0, 0, 1));
    }

    private void refused(String field, Mono<?> asked) {
        assertThatExceptionOfType(InvalidScheduleException.class)
                .isThrownBy(() -> fires.answer(asked))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }

    /** Both look, and one of them writes before the other does. */
    private <T> List<T> overtaken(Function<ScheduleOperator, Mono<T>> one, Mono<?> other) {
        Unreliable store = new Unreliable(mill.store());
        store.hold("write");
        List<T> answers = new ArrayList<>();
        one.apply(JobOperator.create(store.proxy()).schedules()).subscribe(answers::add);
        mill.settleDown();
        fires.answer(other);
        store.letGo();
        mill.pass(ofSeconds(1));
        return answers;
    }

    @Test
    void aPauseThatWasOvertakenByAFireIsMadeAgain() {
        save(HOURLY);

        overtaken(slow -> slow.pause("mill"), desk.runNow("mill"));

        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.PAUSED);
    }

    @Test
    void ofTwoThatCreateAScheduleTheSecondChangesIt() {
        List<SaveAnswer> answers = overtaken(slow -> slow.save(HOURLY.overlap(Overlap.SKIP)), desk.save(HOURLY));

        assertThat(answers).containsExactly(SaveAnswer.CHANGED);
        assertThat(fires.find("mill").overlap()).isEqualTo(Overlap.SKIP);
    }

    @Test
    void aChangeThatOthersAlwaysGetAheadOfEndsWithAnError() {
        Unreliable store = new Unreliable(mill.store());
        store.change("write", written -> Set.of());

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> {
                    List<Throwable> errors = new ArrayList<>();
                    JobOperator.create(store.proxy()).schedules().save(HOURLY).subscribe(saved -> {}, errors::add);
                    mill.pass(ofSeconds(10));
                    throw (RuntimeException) errors.get(0);
                })
                .withMessageContaining("'mill' was changed by others 100 times in a row")
                .satisfies(e -> assertThat(e.isPassing()).isTrue());
    }

    @Test
    void unsuitableSchedulesAreRefused() {
        refused("job", desk.save(Schedule.of("made", Cron.of("@daily"), GRIND, fire -> GRIND.job("rye"))));
        refused("timetable", desk.save(Schedule.of("past", Once.at(START.minusSeconds(1)), GRIND.job("rye"))));
        assertThat(fires.answer(desk.list().collectList())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void pagesAreBounded(int most) {
        save(HOURLY);

        refused("n", desk.preview("mill", most));
        refused("most", desk.fires("mill", null, most).collectList());
    }

    @Test
    void unknownSchedulesAreNamed() {
        List<Mono<?>> asked = List.of(
                desk.pause("none"),
                desk.resume("none"),
                desk.remove("none"),
                desk.runNow("none"),
                desk.preview("none", 1),
                desk.backfill("none", START.minusSeconds(1), START),
                desk.fires("none", null, 1).collectList());

        assertThat(asked)
                .allSatisfy(one -> assertThatExceptionOfType(UnknownScheduleException.class)
                        .isThrownBy(() -> fires.answer(one))
                        .satisfies(e -> assertThat(e.schedule()).isEqualTo("none")));
        assertThat(fires.answer(desk.find("none"))).isNull();
    }

    @Test
    void aBackfillEndsIfTheScheduleIsRemovedMeanwhile() {
        save(HOURLY);
        mill.pass(ofDays(1));
        Unreliable store = new Unreliable(mill.store());
        store.hold("fire");
        AtomicReference<Throwable> error = new AtomicReference<>();
        JobOperator.create(store.proxy())
                .schedules()
                .backfill("mill", START, START.plus(ofDays(1)))
                .subscribe(report -> {}, error::set);
        mill.settleDown();
        fires.answer(desk.remove("mill"));

        store.letGo();
        mill.pass(ofSeconds(1));

        assertThat(error.get()).isInstanceOf(UnknownScheduleException.class);
    }
}
