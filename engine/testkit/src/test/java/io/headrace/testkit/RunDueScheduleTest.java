package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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

        assertThat(store.schedules()
                        .due(Set.of(), 10, Duration.ZERO)
                        .block(PATIENCE)
                        .schedules())
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

    @Test
    void aFireThatWaitsLooksAgainAfterASecond() {
        engine.operator().schedules().pause("nightly").block(PATIENCE);
        engine.operator().schedules().pause("hourly").block(PATIENCE);
        JobType<String> slow = JobType.of("slow", String.class);
        AtomicInteger attempts = new AtomicInteger();
        JobEngine another = JobEngine.builder(store)
                .subscribe(
                        slow,
                        job -> Mono.just(
                                attempts.incrementAndGet() == 1
                                        ? JobOutcome.snooze(Duration.ofMinutes(90))
                                        : JobOutcome.complete()))
                .schedule(Schedule.of("queued", Every.of(Duration.ofHours(1)), slow.job("rye"))
                        .overlap(Overlap.QUEUE_ONE))
                .build();
        another.start().block(PATIENCE);

        runDueAfter(Duration.ofHours(1));
        runDueAfter(Duration.ofHours(1));
        assertThat(fires("queued"))
                .map(FireSnapshot::outcome)
                .containsExactly(FireOutcome.WAITING, FireOutcome.ENQUEUED);

        runDueAfter(Duration.ofMinutes(30));
        runDueAfter(Duration.ofSeconds(1));
        assertThat(fires("queued")).map(FireSnapshot::state).containsExactly(JobState.COMPLETED, JobState.COMPLETED);
        another.stop().block(PATIENCE);
    }

    private void runDueAfter(Duration time) {
        clock.advance(time);
        runDue();
    }
}
