package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Fires.START;
import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidSettingException;
import io.headrace.JobEngine;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Once;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declared schedules, and the engines that fire them. */
class ScheduleTest {

    private static final Schedule HOURLY = Schedule.of("hourly", Cron.of("0 * * * *"), GRIND.job("rye"));

    @RegisterExtension
    final Mill mill = new Mill();

    private Fires fires;

    @BeforeEach
    void open() {
        fires = new Fires(mill);
    }

    private JobEngine start(Schedule... schedules) {
        return mill.start(e -> declare(fires.grinding(ofSeconds(1)).apply(e), schedules));
    }

    private static JobEngine.Builder declare(JobEngine.Builder builder, Schedule... schedules) {
        JobEngine.Builder declared = builder;
        for (Schedule schedule : schedules) {
            declared = declared.schedule(schedule);
        }
        return declared;
    }

    @Test
    void aScheduleFiresAtEachInstantAndItsJobSaysWhich() {
        JobEngine engine = start(HOURLY);
        mill.pass(ofMinutes(59));
        assertThat(fires.begun).isEmpty();

        mill.pass(ofHours(2));

        assertThat(fires.begun).containsExactly("rye PT1H", "rye PT2H");
        assertThat(engine.status().state()).hasToString("RUNNING");
        FireSnapshot last = fires.history("hourly").get(0);
        assertThat(last.at()).isEqualTo(START.plus(ofHours(2)));
        assertThat(last.cause()).isEqualTo(FireCause.DUE);
        assertThat(last.outcome()).isEqualTo(FireOutcome.ENQUEUED);
        assertThat(last.state()).isEqualTo(JobState.COMPLETED);
        assertThat(fires.find("hourly").fires()).isEqualTo(2);
    }

    @Test
    void ofManyEnginesOneFires() {
        for (int i = 0; i < 5; i++) {
            start(HOURLY, Schedule.of("often", Every.of(ofSeconds(10)), GRIND.job("oats")));
        }

        mill.pass(ofHours(1).plusSeconds(5));

        assertThat(fires.begun).hasSize(361).doesNotHaveDuplicates().contains("rye PT1H");
    }

    @Test
    void anEngineThatDiesLeavesNoInstantOut() {
        JobEngine first = start(Schedule.of("often", Every.of(ofSeconds(10)), GRIND.job("oats")));
        start();
        mill.pass(ofMinutes(1));

        mill.stop(first, ofSeconds(1));
        mill.pass(ofMinutes(1));

        assertThat(fires.history("often"))
                .hasSizeGreaterThanOrEqualTo(11)
                .extracting(FireSnapshot::at)
                .doesNotHaveDuplicates();
        assertThat(fires.find("often").passedOver()).isZero();
    }

    @Test
    void itSleepsUntilTheNextInstant() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(store.proxy(), e -> fires.grinding(ofSeconds(1)).apply(e).schedule(HOURLY));
        mill.pass(ofMinutes(1));
        int before = store.calls("due");

        mill.pass(ofMinutes(10));

        assertThat(store.calls("due") - before).isLessThanOrEqualTo(11);
    }

    @Test
    void aScheduleThatIsSavedWakesTheEnginesAtOnce() {
        start();
        mill.pass(ofMinutes(1));

        fires.answer(fires.desk().save(Schedule.of("soon", Every.of(ofSeconds(1)), GRIND.job("rye"))));
        mill.pass(ofSeconds(2));

        assertThat(fires.begun).hasSizeGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 720", "1, 1, 719", "100, 100, 620"})
    void afterAMonthOfDowntimeThePolicySaysWhatFires(int misfire, int fired, long passedOver) {
        Schedule schedule = HOURLY.misfire(new Misfire(misfire));
        JobEngine engine = start(schedule);
        mill.stop(engine, ofSeconds(1));
        mill.pass(Duration.ofDays(30).minusSeconds(2));
        mill.pass(ofMinutes(20));

        // The declaration is the same, and what it has missed is not forgotten.
        start(schedule);
        mill.pass(ofMinutes(1));

        assertThat(fires.begun).hasSize(fired);
        assertThat(fires.find("hourly").passedOver()).isEqualTo(passedOver);
        assertThat(fires.find("hourly").next()).isEqualTo(START.plus(ofHours(721)));
        if (fired > 0) {
            assertThat(fires.begun).contains("rye PT720H").doesNotContain("rye PT" + (720 - fired) + "H");
        }
    }

    @Test
    void aFunctionMakesTheJobOfEachInstant() {
        start(Schedule.of(
                "made",
                Cron.of("0 * * * *"),
                GRIND,
                fire -> GRIND.job("of " + fire.time().getHour())));

        mill.pass(ofHours(2).plusSeconds(2));

        assertThat(fires.begun).containsExactly("of 1 PT1H", "of 2 PT2H");
    }

    @Test
    void onlyEnginesThatHaveTheFunctionFireIt() {
        JobEngine maker = start(Schedule.of("made", Cron.of("0 * * * *"), GRIND, fire -> GRIND.job("oats")));
        mill.stop(maker, ofSeconds(1));
        start();

        mill.pass(ofHours(2));

        assertThat(fires.begun).isEmpty();
        assertThat(fires.find("made").state()).isEqualTo(ScheduleState.ACTIVE);
    }

    @Test
    void aFunctionThatThrowsFailsTheFireAndTheNextComesAsPlanned() {
        start(Schedule.of("made", Cron.of("0 * * * *"), GRIND, fire -> {
            if (fire.time().getHour() == 1) {
                throw new IllegalStateException("no grain");
            }
            return GRIND.job("oats");
        }));

        mill.pass(ofHours(2).plusSeconds(2));

        assertThat(fires.begun).containsExactly("oats PT2H");
        FireSnapshot failed = fires.history("made").get(1);
        assertThat(failed.outcome()).isEqualTo(FireOutcome.FAILED);
        assertThat(failed.problem()).contains("no grain");
    }

    @Test
    void aSingleInstantFiresOnceAndTheScheduleHasEnded() {
        start(Schedule.of("once", Once.at(START.plus(ofHours(1))), GRIND.job("rye")));

        mill.pass(ofHours(3));

        assertThat(fires.begun).containsExactly("rye PT1H");
        assertThat(fires.find("once").state()).isEqualTo(ScheduleState.ENDED);
        assertThat(fires.find("once").next()).isNull();
    }

    @Test
    void jitterSpreadsWhatIsDueAtOneInstant() {
        Schedule[] many = new Schedule[20];
        for (int i = 0; i < many.length; i++) {
            many[i] =
                    Schedule.of("s" + i, Cron.of("0 * * * *"), GRIND.job("rye")).jitter(ofMinutes(10));
        }
        start(many);

        mill.pass(ofHours(1).plusMinutes(5));
        int half = fires.begun.size();
        mill.pass(ofMinutes(6));

        assertThat(half).isBetween(4, 16);
        assertThat(fires.begun).hasSize(20).allMatch(job -> job.endsWith("PT1H"));
    }

    @Test
    void whileTheStoreIsAwayNothingFiresAndAfterwardsAllThatIsLateBySecondsDoes() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(
                store.proxy(),
                e -> fires.grinding(ofSeconds(1))
                        .apply(e)
                        .schedule(Schedule.of("often", Every.of(ofSeconds(1)), GRIND.job("oats"))));
        mill.pass(ofSeconds(10));
        int before = fires.history("often").size();

        store.refuse("due");
        mill.pass(ofSeconds(5));
        store.allow("due");
        store.loseTheAnswer("fire");
        mill.pass(ofSeconds(3));
        store.allow("fire");
        mill.pass(ofSeconds(10));

        List<Instant> instants =
                fires.history("often").stream().map(FireSnapshot::at).toList();
        assertThat(before).isGreaterThanOrEqualTo(9);
        assertThat(instants).hasSizeGreaterThanOrEqualTo(27).doesNotHaveDuplicates();
        assertThat(fires.begun).doesNotHaveDuplicates();
        assertThat(fires.find("often").passedOver()).isZero();
    }

    @Test
    void observersHearOfEachFireAndOfWhatWasMissed() {
        Schedule minutely = Schedule.of("minutely", Cron.of("* * * * *"), GRIND.job("rye"))
                .overlap(Overlap.QUEUE_ONE)
                .misfire(Misfire.SKIP);
        Notebook notes = new Notebook();
        JobEngine engine = mill.start(
                e -> fires.grinding(ofSeconds(90)).apply(e).observer(notes).schedule(minutely));
        mill.pass(ofMinutes(3));
        fires.answer(engine.operator().schedules().runNow("minutely"));
        mill.stop(engine, ofSeconds(1));
        mill.pass(ofMinutes(10));

        Notebook later = new Notebook();
        mill.start(e -> fires.grinding(ofSeconds(90)).apply(e).observer(later));

        assertThat(notes.starting("fired"))
                .containsExactly(
                        "fired grind DUE ENQUEUED PT0S",
                        "fired grind DUE WAITING PT0S",
                        "fired grind DUE ENQUEUED PT0S",
                        "fired grind DUE WAITING PT0S",
                        "fired grind RUN_NOW SKIPPED PT0S");
        assertThat(notes.starting("missed")).isEmpty();
        assertThat(later.starting("missed")).containsExactly("missed grind 10");
    }

    @Test
    void aNameCanBeDeclaredOnce() {
        JobEngine.Builder builder = JobEngine.builder(mill.store()).schedule(HOURLY);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder.schedule(HOURLY))
                .withMessageContaining("'hourly' is declared twice");
    }

    @Test
    void aKindThatNobodyHandlesIsRefusedAtOnce() {
        JobEngine.Builder builder = JobEngine.builder(mill.store())
                .schedule(Schedule.of(
                        "baking",
                        Cron.of("@daily"),
                        JobType.of("bake", String.class).job("rye")));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("'baking' enqueues kind 'bake', which has no handler");
    }
}
