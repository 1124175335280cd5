package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Fires.START;
import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.JobEngine;
import io.headrace.schedule.Cron;
import io.headrace.schedule.DeclaredScheduleException;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleState;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What code declares, and what operators have decided meanwhile. */
class DeclarationTest {

    private static final Schedule HOURLY = Schedule.of("mill", Cron.of("0 * * * *"), GRIND.job("rye"));
    private static final Schedule DAILY = Schedule.of("mill", Cron.of("0 0 * * *"), GRIND.job("rye"));

    @RegisterExtension
    final Mill mill = new Mill();

    private Fires fires;

    @BeforeEach
    void open() {
        fires = new Fires(mill);
    }

    private JobEngine start(Schedule schedule) {
        return mill.start(e -> fires.grinding(ofSeconds(1)).apply(e).schedule(schedule));
    }

    private void restart(JobEngine engine, Schedule schedule) {
        mill.stop(engine, ofSeconds(1));
        start(schedule);
    }

    @Test
    void aDeclarationThatChangedIsWrittenAtTheNextStart() {
        JobEngine engine = start(HOURLY);
        mill.pass(ofHours(1).plusMinutes(1));

        restart(engine, DAILY.misfire(Misfire.SKIP).overlap(Overlap.SKIP));

        assertThat(fires.find("mill").next()).isEqualTo(START.plus(ofDays(1)));
        assertThat(fires.find("mill").misfire()).isEqualTo(Misfire.SKIP);
        assertThat(fires.find("mill").overlap()).isEqualTo(Overlap.SKIP);
        assertThat(fires.find("mill").fires()).isEqualTo(1);
    }

    @Test
    void anotherPayloadDoesNotMoveTheNextInstant() {
        JobEngine engine = start(HOURLY);
        mill.stop(engine, ofSeconds(1));
        mill.pass(ofHours(3));

        start(Schedule.of("mill", Cron.of("0 * * * *"), GRIND.job("oats")));
        mill.pass(ofSeconds(1));

        assertThat(fires.begun).containsExactly("oats PT3H");
    }

    @Test
    void anOperatorsPauseSurvivesARestartAndAChangedDeclaration() {
        JobEngine engine = start(HOURLY);
        fires.answer(fires.desk().pause("mill"));

        restart(engine, HOURLY.misfire(Misfire.SKIP));
        mill.pass(ofHours(3));

        assertThat(fires.begun).isEmpty();
        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.PAUSED);
        assertThat(fires.find("mill").misfire()).isEqualTo(Misfire.SKIP);
    }

    @Test
    void anOperatorsChangeHoldsUntilTheDeclarationChanges() {
        JobEngine engine = start(HOURLY);
        fires.answer(fires.desk().save(DAILY));

        restart(engine, HOURLY);
        assertThat(fires.find("mill").next()).isEqualTo(START.plus(ofDays(1)));
        assertThat(fires.find("mill").isOverridden()).isTrue();

        start(HOURLY.overlap(Overlap.SKIP));
        assertThat(fires.find("mill").next()).isEqualTo(START.plus(ofHours(1)));
        assertThat(fires.find("mill").isOverridden()).isFalse();
    }

    @Test
    void whatNobodyDeclaresForADayIsPausedAndResumesWhenSomebodyDoes() {
        JobEngine engine = start(HOURLY);
        mill.stop(engine, ofSeconds(1));
        mill.start(fires.grinding(ofSeconds(1)));

        mill.pass(ofHours(23));
        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.ACTIVE);
        assertThat(fires.begun).hasSize(23);
        mill.pass(ofHours(3));
        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.UNDECLARED);
        int before = fires.begun.size();
        mill.pass(ofHours(5));
        assertThat(fires.begun).hasSize(before);

        start(HOURLY);
        mill.pass(ofSeconds(2));

        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.ACTIVE);
        assertThat(fires.begun).hasSize(before + 1);
        assertThat(fires.find("mill").passedOver()).isPositive();
    }

    @Test
    void whatIsSavedAtRunTimeNeedsNoDeclaration() {
        mill.start(fires.grinding(ofSeconds(1)));
        fires.answer(fires.desk().save(DAILY));

        mill.pass(ofDays(3).plusMinutes(1));

        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.ACTIVE);
        assertThat(fires.begun).hasSize(3);
    }

    @Test
    void whatIsDeclaredCannotBeRemovedUntilItIsNoLonger() {
        JobEngine engine = start(HOURLY);
        assertThatExceptionOfType(DeclaredScheduleException.class)
                .isThrownBy(() -> fires.answer(fires.desk().remove("mill")));
        mill.stop(engine, ofSeconds(1));
        mill.start(fires.grinding(ofSeconds(1)));
        mill.pass(ofDays(1).plusHours(1));

        fires.answer(fires.desk().remove("mill"));

        assertThat(fires.find("mill")).isNull();
    }

    @Test
    void manySchedulesAreDeclaredByManyEnginesAtOnce() {
        for (int engine = 0; engine < 3; engine++) {
            mill.start(e -> {
                JobEngine.Builder builder = fires.grinding(ofSeconds(1)).apply(e);
                for (int i = 0; i < 450; i++) {
                    builder = builder.schedule(Schedule.of("mill " + i, Cron.of("H H * * *"), GRIND.job("rye")));
                }
                return builder;
            });
        }

        mill.pass(ofDays(1));

        assertThat(fires.answer(fires.desk().list().collectList())).hasSize(450);
        assertThat(fires.begun).hasSize(450);
    }

    @Test
    void aScheduleThatAnotherEnginePausedAsUndeclaredGoesOnWhileOneDeclaresIt() {
        start(HOURLY);
        mill.pass(ofSeconds(1));
        // As one does that has not heard of it for a day: this one could not reach the store, or has only just started.
        fires.answer(mill.store().schedules().keepDeclared(Set.of(), Duration.ZERO));
        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.UNDECLARED);

        mill.pass(ofMinutes(15));

        assertThat(fires.find("mill").state()).isEqualTo(ScheduleState.ACTIVE);
        assertThat(fires.find("mill").next()).isEqualTo(START.plus(ofHours(1)));
        assertThat(fires.find("mill").isOverridden()).isFalse();
    }
}
