package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How a program's test runs its schedules: the clock is moved, then everything that is due by then runs. */
class RunDueScheduleTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final JobType<String> SIFT = JobType.of("sift", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ManualClock clock = ManualClock.create();
    private final InMemoryJobStore store = InMemoryJobStore.held(clock);
    private final JobEngine engine = JobEngine.builder(store)
            .subscribe(GRIND, job -> Mono.empty())
            .subscribe(SIFT, job -> Mono.empty())
            .schedule("nightly", Cron.of("0 3 * * *", "Europe/Berlin"), GRIND.job("rye"))
            .schedule(Schedule.of(
                            "hourly",
                            Every.of(Duration.ofHours(1)),
                            SIFT,
                            fire -> SIFT.job(fire.at().toString()))
                    .misfire(Misfire.all(100)))
            .build();

    @BeforeEach
    void start() {
        engine.start().block(PATIENCE);
    }

    @AfterEach
    void stop() {
        engine.stop().block(PATIENCE);
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
    }

    private void runDue() {
        store.runDue().block(PATIENCE);
    }

    private List<FireSnapshot> fires(String schedule) {
        return engine.operator()
                .schedules()
                .fires(schedule, null, 100)
                .collectList()
                .block(PATIENCE);
    }

    @Test
    void aScheduleFiresWhenTheClockHasReachedItsInstant() {
        runDue();
        assertThat(store.enqueued(GRIND)).isEmpty();

        clock.advance(Duration.ofHours(2));
        runDue();
        assertThat(store.enqueued(GRIND)).map(job -> job.state()).containsExactly(JobState.COMPLETED);
        assertThat(fires("nightly")).singleElement().satisfies(fire -> {
            assertThat(fire.at()).isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
            assertThat(fire.state()).isEqualTo(JobState.COMPLETED);
        });

        clock.advance(Duration.ofDays(1));
        runDue();
        assertThat(fires("nightly")).hasSize(2);
    }

    @Test
    void whatWasMissedInOneMoveFiresAsTheMisfirePolicySays() {
        clock.advance(Duration.ofDays(2));
        runDue();

        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1 + 48);
        assertThat(fires("nightly")).map(FireSnapshot::passedOver).containsExactly(1L);
        assertThat(store.enqueued(SIFT).get(47).payload()).isEqualTo("\"2026-01-03T00:00:00Z\"");
    }

    @Test
    void nothingFiresBeforeTheTestSaysSo() {
        clock.advance(Duration.ofHours(2));
        engine.operator().schedules().pause("hourly").block(PATIENCE);

        assertThat(store.schedules().due(Set.of(), 10).block(PATIENCE).schedules())
                .isEmpty();
        assertThat(store.enqueued(GRIND)).isEmpty();
    }

    @Test
    void aScheduleOutlivesTheJobsOfATest() {
        clock.advance(Duration.ofHours(2));
        runDue();

        store.clear();

        assertThat(fires("nightly")).isEmpty();
        assertThat(engine.operator().schedules().find("nightly").block(PATIENCE).fires())
                .isZero();
        clock.advance(Duration.ofDays(1));
        runDue();
        assertThat(store.enqueued(GRIND)).hasSize(1);
        assertThat(fires("nightly")).hasSize(1);
    }

    @Test
    void withoutAnEngineNothingIsExpectedToFire() {
        engine.stop().block(PATIENCE);
        clock.advance(Duration.ofDays(1));

        runDue();

        assertThat(store.enqueued(GRIND)).isEmpty();
    }
}
