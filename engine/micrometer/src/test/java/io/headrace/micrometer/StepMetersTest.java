package io.headrace.micrometer;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.testkit.InMemoryJobStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the meters show of steps. */
class StepMetersTest {

    private static final Duration PATIENCE = ofSeconds(20);
    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    private final InMemoryJobStore store = InMemoryJobStore.create();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private JobEngine engine;

    @AfterEach
    void everyJobIsInOnePlace() {
        engine.stop(ofMillis(1)).block(PATIENCE);
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
    }

    private long runs(String outcome) {
        return registry.get("headrace.steps.run")
                .tags("queue", "default", "kind", "grind", "outcome", outcome)
                .timer()
                .count();
    }

    @Test
    void stepsAreCountedByWhatBecameOfThem() {
        engine = JobEngine.builder(store)
                .observer(JobMeters.of(registry))
                .subscribe(JobHandler.<String>of(
                                GRIND,
                                job -> job.step("charge", () -> Mono.delay(ofMillis(20)))
                                        .then(job.step(
                                                "mail",
                                                () -> job.attempt() == 1
                                                        ? Mono.error(new IllegalStateException("torn"))
                                                        : Mono.empty())))
                        .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofMillis(1)))))
                .build();
        engine.start().block(PATIENCE);
        engine.client().enqueue(GRIND.job("rye")).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> store.jobs(JobState.COMPLETED).size() == 1);

        assertThat(runs("recorded")).isEqualTo(2);
        assertThat(runs("failed")).isOne();
        assertThat(runs("lost")).isZero();
        assertThat(registry.get("headrace.steps.replayed").counter().count()).isEqualTo(1);
        assertThat(registry.get("headrace.steps.run")
                        .tag("outcome", "recorded")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isBetween(20.0, 20_000.0);
        assertThat(registry.get("headrace.store.calls")
                        .tags("call", "steps", "result", "answered")
                        .timer()
                        .count())
                .isEqualTo(2);
    }
}
