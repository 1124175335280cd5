package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobState;
import io.headrace.JobType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How a program's test runs its jobs: an engine on the in-memory store, time at the test's word. */
class RunDueTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ManualClock clock = ManualClock.create();
    private final InMemoryJobStore store = InMemoryJobStore.create(clock);
    private final AtomicInteger calls = new AtomicInteger();
    private final JobEngine engine =
            JobEngine.builder(store).subscribe(GRIND, job -> grind()).build();

    private Mono<Void> grind() {
        return calls.incrementAndGet() == 1 ? Mono.error(new IllegalStateException("stuck")) : Mono.empty();
    }

    @AfterEach
    void stop() {
        engine.stop().block(PATIENCE);
    }

    @Test
    void runsWhatIsDueAndNothingElse() {
        engine.start().block(PATIENCE);
        assertThat(engine.client().enqueue(GRIND.job("wheat")).block(PATIENCE)).isNotNull();
        store.runDue().block(PATIENCE);

        assertThat(store.jobs(JobState.PENDING)).map(job -> job.attempt()).containsExactly(1);

        clock.advance(Duration.ofSeconds(5));
        store.runDue().block(PATIENCE);

        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1);
        assertThat(calls).hasValue(2);
    }

    @Test
    void runsWhatIsDueHoweverFarTheClockWasMoved() {
        calls.set(1);
        engine.start().block(PATIENCE);
        assertThat(engine.client()
                        .enqueue(GRIND.job("wheat").delay(Duration.ofDays(30)))
                        .block(PATIENCE))
                .isNotNull();

        store.runDue().block(PATIENCE);
        assertThat(store.jobs(JobState.PENDING)).hasSize(1);

        clock.advance(Duration.ofDays(30));
        store.runDue().block(PATIENCE);
        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1);
    }
}
