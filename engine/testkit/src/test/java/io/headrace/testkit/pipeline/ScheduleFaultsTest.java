package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Schedules whose store answers some calls and fails others. */
class ScheduleFaultsTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final Fires fires = new Fires(mill);

    @Test
    void aStoreThatLooksButDoesNotFireIsAskedLessAndLessOften() {
        Unreliable store = new Unreliable(mill.store());
        mill.start(
                store.proxy(),
                e -> fires.grinding(ofSeconds(1))
                        .apply(e)
                        .schedule(Schedule.of("often", Every.of(ofSeconds(1)), GRIND.job("oats"))
                                .misfire(Misfire.all(1_000))));
        store.refuse("fire");
        mill.pass(ofMinutes(1));
        int before = store.calls("due");

        mill.pass(ofMinutes(1));

        assertThat(store.calls("due") - before).isBetween(9, 20);
        store.allow("fire");
        mill.pass(ofSeconds(10));
        assertThat(fires.find("often").passedOver()).isZero();
        assertThat(fires.find("often").fires()).isGreaterThanOrEqualTo(129);
    }

    @Test
    void aRunByHandWithoutTheFunctionDoesNotMakeMissedInstantsLate() {
        Schedule made = Schedule.of("made", Cron.of("* * * * *"), GRIND, fire -> GRIND.job("rye"));
        JobEngine engine = mill.start(e -> fires.grinding(ofSeconds(1)).apply(e).schedule(made));
        mill.stop(engine, ofSeconds(1));
        mill.pass(ofMinutes(60));
        fires.answer(fires.desk().runNow("made"));

        mill.start(e -> fires.grinding(ofSeconds(1)).apply(e).schedule(made));
        mill.pass(ofSeconds(2));

        assertThat(fires.begun).hasSize(2).contains("rye PT1H");
        assertThat(fires.find("made").passedOver()).isEqualTo(59);
    }
}
