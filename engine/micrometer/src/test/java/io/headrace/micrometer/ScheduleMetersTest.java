package io.headrace.micrometer;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.schedule.Every;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the meters show of schedules. */
class ScheduleMetersTest {

    private static final Duration PATIENCE = ofSeconds(20);
    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    private final ManualClock clock = ManualClock.create();
    private final InMemoryJobStore store = InMemoryJobStore.held(clock);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final JobEngine engine = JobEngine.builder(store)
            .observer(JobMeters.of(registry, Tags.empty(), Duration.ZERO))
            .subscribe(GRIND, job -> Mono.empty())
            .schedule(Schedule.of("milling", Every.of(ofHours(1)), GRIND.job("rye"))
                    .overlap(Overlap.SKIP))
            .build();

    @BeforeEach
    void start() {
        engine.start().block(PATIENCE);
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        engine.stop().block(PATIENCE);
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
    }

    private double fires(String cause, String outcome) {
        return registry.get("headrace.schedule.fires")
                .tags("kind", "grind", "cause", cause, "outcome", outcome)
                .counter()
                .count();
    }

    private void runNow() {
        engine.operator().schedules().runNow("milling").block(PATIENCE);
    }

    @Test
    void firesAreCountedByCauseAndOutcome() {
        runNow();
        assertThat(fires("run-now", "enqueued")).isEqualTo(1);
        assertThat(fires("run-now", "skipped"))
                .as("there from the first fire on")
                .isZero();

        clock.advance(ofSeconds(1));
        runNow();
        assertThat(fires("run-now", "skipped")).isEqualTo(1);
        assertThat(registry.get("headrace.schedule.lag").timer().count())
                .as("what was not due is not late")
                .isZero();
    }

    @Test
    void missedInstantsAreCountedAndTheLagIsThatOfTheOneThatFires() {
        clock.advance(ofHours(5).plus(ofMinutes(3)));
        store.runDue().block(PATIENCE);

        assertThat(fires("due", "enqueued")).isEqualTo(1);
        assertThat(registry.get("headrace.schedule.missed")
                        .tag("kind", "grind")
                        .counter()
                        .count())
                .isEqualTo(4);
        Timer lag = registry.get("headrace.schedule.lag").tag("kind", "grind").timer();
        assertThat(lag.count()).isEqualTo(1);
        assertThat(lag.totalTime(TimeUnit.MINUTES)).isBetween(3.0, 4.0);
    }
}
