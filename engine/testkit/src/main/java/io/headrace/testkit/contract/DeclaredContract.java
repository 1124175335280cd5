package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.Firing;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import io.headrace.spi.StoredSchedule.Pause;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A schedule that code declared is paused when nobody declares it any more. */
abstract class DeclaredContract extends ScheduleSuite {

    private static final Duration DAY = Duration.ofDays(1);

    private StoredSchedule declared(String name) {
        return written(hourly(name).withDeclaration(new Declaration("as declared", now(), false)));
    }

    private Set<String> keepDeclared(String... names) {
        return await(schedules().keepDeclared(Set.of(names), DAY));
    }

    @Test
    void aScheduleThatIsStillDeclaredIsKept() {
        StoredSchedule before = declared(NAME);
        for (int n = 0; n < 4; n++) {
            passTime(DAY.minusHours(1));
            assertThat(keepDeclared(NAME)).isEmpty();
        }

        StoredSchedule after = schedule(NAME);
        assertThat(after.times().pause()).isNull();
        assertThat(after.version()).as("nothing that a firing is based on").isEqualTo(before.version());
        Declaration declaration = Objects.requireNonNull(after.declaration());
        assertThat(Duration.between(declaration.at(), now())).isLessThan(Duration.ofHours(1));
        assertThat(declaration.text()).isEqualTo("as declared");
        assertThat(declaration.isOverridden()).isFalse();
    }

    @Test
    void aScheduleThatNobodyDeclaresAnyMoreIsPausedAndKeepsItsPlace() {
        StoredSchedule before = declared("forgotten");
        assertThat(declared("kept").version()).isPositive();
        passTime(DAY.plusHours(1));

        assertThat(keepDeclared("kept", "unknown")).containsExactly("forgotten");

        StoredSchedule paused = schedule("forgotten");
        assertThat(paused.times().pause()).isEqualTo(Pause.UNDECLARED);
        assertThat(paused.times().dueAt()).isEqualTo(hour(0));
        assertThat(paused.times().nextAt()).isNull();
        assertThat(paused.version()).isGreaterThan(before.version());
        assertThat(schedule("kept").times().pause()).isNull();
        assertThat(await(schedules().due(Set.of(), 10, Duration.ZERO)).schedules())
                .extracting(StoredSchedule::name)
                .containsExactly("kept");
    }

    @Test
    void itIsPausedOnce() {
        assertThat(declared(NAME).version()).isPositive();
        passTime(DAY.plusHours(1));
        assertThat(keepDeclared()).containsExactly(NAME);
        long version = schedule(NAME).version();

        assertThat(keepDeclared()).isEmpty();

        assertThat(schedule(NAME).version()).isEqualTo(version);
    }

    @Test
    void untilThenItIsNotPaused() {
        assertThat(declared(NAME).version()).isPositive();
        passTime(DAY.minusHours(1));

        assertThat(keepDeclared()).isEmpty();

        assertThat(schedule(NAME).times()).isEqualTo(nextAt(hour(0)));
    }

    @Test
    void whoeverDeclaresItKeepsIt() {
        assertThat(declared(NAME).version()).isPositive();
        passTime(DAY.minusHours(1));
        assertThat(keepDeclared(NAME)).isEmpty();
        passTime(DAY.minusHours(1));

        assertThat(keepDeclared("another")).as("an engine that declares others").isEmpty();
    }

    @Test
    void aScheduleThatWasNeverDeclaredIsLeftAlone() {
        StoredSchedule before = written(hourly(NAME));
        passTime(DAY.plusHours(1));

        assertThat(keepDeclared()).isEmpty();
        assertThat(keepDeclared(NAME)).isEmpty();

        assertThat(schedule(NAME).times().pause()).isNull();
        assertThat(schedule(NAME).declaration()).isNull();
        assertThat(schedule(NAME).version()).isEqualTo(before.version());
    }

    @Test
    void thePauseOfAnOperatorStays() {
        StoredSchedule schedule = declared(NAME);
        given(schedule.withTimes(paused(hour(0))));
        passTime(DAY.plusHours(1));

        assertThat(keepDeclared()).isEmpty();

        assertThat(schedule(NAME).times()).isEqualTo(paused(hour(0)));
    }

    @Test
    void declaringItAgainDoesNotResumeIt() {
        assertThat(declared(NAME).version()).isPositive();
        passTime(DAY.plusHours(1));
        assertThat(keepDeclared()).containsExactly(NAME);

        assertThat(keepDeclared(NAME)).isEmpty();

        assertThat(schedule(NAME).times().pause()).isEqualTo(Pause.UNDECLARED);
    }

    @Test
    void aFireThatWaitsGoesOnWaiting() {
        given(new Firing(
                NAME,
                declared(NAME).version(),
                List.of(shot(hour(-1), FireOutcome.WAITING)),
                hour(3),
                hour(0),
                new Waiting(hour(-1), FireCause.DUE),
                0));
        passTime(DAY.plusHours(1));

        assertThat(keepDeclared()).containsExactly(NAME);

        assertThat(schedule(NAME).times())
                .isEqualTo(new Times(Pause.UNDECLARED, hour(3), null, new Waiting(hour(-1), FireCause.DUE)));
    }

    @Test
    void aFiringThatIsUnderWayFindsItPaused() {
        StoredSchedule before = declared(NAME);
        passTime(DAY.plusHours(1));
        assertThat(keepDeclared()).containsExactly(NAME);

        assertThat(fire(firing(before, shot(hour(0))))).isEmpty();
        assertThat(await(schedules().write(List.of(before)))).isEmpty();
    }
}
