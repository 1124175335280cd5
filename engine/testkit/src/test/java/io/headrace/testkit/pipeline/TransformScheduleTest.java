package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Fires.START;
import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.spi.Firing;
import io.headrace.spi.StoredSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Schedules whose payloads are stored transformed. */
class TransformScheduleTest {

    private static final Schedule HOURLY = Schedule.of("mill", Cron.of("0 * * * *"), GRIND.job("rye"));

    @RegisterExtension
    final Mill mill = new Mill();

    private Fires fires;

    @BeforeEach
    void open() {
        fires = new Fires(mill);
    }

    private JobEngine start(PayloadTransform transform, Schedule schedule) {
        return mill.start(
                e -> fires.grinding(ofSeconds(1)).apply(e).transform(transform).schedule(schedule));
    }

    private StoredSchedule stored() {
        return mill.store()
                .schedules()
                .look(List.of("mill"))
                .block()
                .schedules()
                .get(0);
    }

    private List<String> transforms() {
        return mill.store().enqueued(GRIND).stream()
                .map(JobSnapshot::payloadTransform)
                .toList();
    }

    @Test
    void theJobsOfAScheduleAreTransformedAsItIs() {
        start(new Reversal("first", "k1"), HOURLY);

        mill.pass(ofHours(2).plusMinutes(1));

        assertThat(stored().terms().job().payload()).matches("\"[A-Za-z0-9+/]+=*\"");
        assertThat(transforms()).containsExactly("first=k1", "first=k1");
        assertThat(fires.begun).containsExactly("rye PT1H", "rye PT2H");
    }

    @Test
    void soAreThoseThatAFunctionMakes() {
        start(new Reversal("first", "k1"), Schedule.of("mill", Cron.of("0 * * * *"), GRIND, fire -> GRIND.job("made")));

        mill.pass(ofHours(1).plusMinutes(1));

        assertThat(transforms()).containsExactly("first=k1");
        assertThat(fires.begun).containsExactly("made PT1H");
    }

    @Test
    void aDeclarationIsKnownAgainAlthoughItsPayloadIsEncodedAnew() {
        JobEngine engine = start(new Reversal("first", "k1"), HOURLY);
        fires.answer(JobOperator.builder(mill.store())
                .transform(new Reversal("first", "k1"))
                .build()
                .schedules()
                .save(Schedule.of("mill", Cron.of("0 0 * * *"), GRIND.job("rye"))));
        mill.stop(engine, ofSeconds(1));

        start(new Reversal("first", "k1"), HOURLY);

        assertThat(fires.find("mill").isOverridden()).isTrue();
        assertThat(fires.find("mill").next()).isEqualTo(START.plus(ofDays(1)));
    }

    @Test
    void anotherPayloadIsAnotherDeclaration() {
        JobEngine engine = start(new Reversal("first", "k1"), HOURLY);
        mill.stop(engine, ofSeconds(1));

        start(new Reversal("first", "k1"), Schedule.of("mill", Cron.of("0 * * * *"), GRIND.job("oats")));
        mill.pass(ofHours(1));

        assertThat(fires.begun).containsExactly("oats PT1H");
    }

    @Test
    void withAnotherKeyThePayloadIsEncodedAgain() {
        JobEngine engine = start(new Reversal("first", "k1"), HOURLY);
        mill.stop(engine, ofSeconds(1));
        mill.pass(ofMinutes(30));

        start(new Reversal("first", "k2", "k1"), HOURLY);
        mill.pass(ofMinutes(31));

        assertThat(transforms()).containsExactly("first=k2");
        assertThat(fires.begun).containsExactly("rye PT1H");
    }

    @Test
    void aBackfillHasThePayloadThatItsHeaderNames() {
        firedWhileTheKeyIsRotated(desk -> desk.backfill("mill", START.plus(ofMinutes(30)), START.plus(ofMinutes(90))));
    }

    @Test
    void aPausedScheduleThatIsRunHasThePayloadThatItsHeaderNames() {
        firedWhileTheKeyIsRotated(desk -> desk.pause("mill").then(desk.runNow("mill")));
    }

    /** The schedule is written with another key between the read and the fire. */
    private void firedWhileTheKeyIsRotated(Function<ScheduleOperator, Mono<?>> fire) {
        save(new Reversal("first", "k1"));
        mill.pass(ofHours(2));
        Unreliable store = new Unreliable(mill.store());
        store.hold("fire");
        fire.apply(JobOperator.create(store.proxy()).schedules()).subscribe();
        mill.settleDown();
        Reversal rotated = new Reversal("first", "k2", "k1");
        save(rotated);

        store.letGo();
        mill.pass(ofSeconds(1));

        PayloadTransforms transforms = PayloadTransforms.of(List.of(rotated));
        assertThat(mill.store().enqueued(GRIND)).singleElement().satisfies(job -> {
            assertThat(transforms.decode(job)).isEqualTo("\"rye\"");
            assertThat(job.payloadTransform()).isEqualTo("first=k1");
        });
    }

    private void save(PayloadTransform transform) {
        fires.answer(JobOperator.builder(mill.store())
                .transform(transform)
                .build()
                .schedules()
                .save(HOURLY));
    }

    @Test
    void aBackfillOfLongPayloadsTakesSeveralStatements() {
        Schedule longer = Schedule.of("mill", Cron.of("0 * * * *"), GRIND.job("x".repeat(1_000_000)));
        fires.answer(fires.desk().save(longer));
        mill.pass(ofHours(10));
        Unreliable store = new Unreliable(mill.store());
        List<Integer> shots = new ArrayList<>();
        store.listen((verb, args) -> {
            if (verb.equals("fire")) {
                shots.add(((Firing) ((List<?>) args[0]).get(0)).shots().size());
            }
        });

        fires.answer(JobOperator.create(store.proxy()).schedules().backfill("mill", START, START.plus(ofHours(10))));

        assertThat(shots).containsExactly(8, 2);
    }

    @Test
    void aDeclarationSaysNothingThatThePayloadCouldBeGuessedFrom() {
        JobEngine engine = start(new Reversal("first", "k1"), HOURLY);
        String first = stored().declaration().text();
        mill.stop(engine, ofSeconds(1));

        mill.start(e -> fires.grinding(ofSeconds(1)).apply(e).schedule(HOURLY));

        assertThat(first).startsWith("first=k1 ");
        assertThat(stored().declaration().text()).hasSize(64);
        assertThat(stored().terms().job().payload()).isEqualTo("\"rye\"");
    }
}
