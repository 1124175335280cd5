package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobState;
import io.headrace.JobType;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A store that holds its jobs back until the test says that they may run. */
class HeldStoreTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final JobType<String> SIEVE = JobType.of("sieve", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final InMemoryJobStore store = InMemoryJobStore.held(ManualClock.create());
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final JobEngine engine = JobEngine.builder(store)
            .scheduler(time)
            .subscribe(
                    GRIND,
                    job -> this.engine()
                            .client()
                            .enqueue(SIEVE.job(job.payload()))
                            .doOnNext(enqueued -> handled.add("ground")))
            .subscribe(SIEVE, job -> Mono.fromRunnable(() -> handled.add("sieved")))
            .build();

    private JobEngine engine() {
        return engine;
    }

    @BeforeEach
    void start() {
        engine.start().block(PATIENCE);
    }

    @AfterEach
    void stop() {
        Mono<Void> stopped = engine.stop().cache();
        stopped.subscribe();
        time.advanceTimeBy(Duration.ofMinutes(5));
        stopped.block(PATIENCE);
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
    }

    private void runDue() {
        Mono<Void> idle = store.runDue().cache();
        idle.subscribe();
        time.advanceTime();
        idle.block(PATIENCE);
    }

    @Test
    void whatIsEnqueuedWaitsForTheWord() {
        engine.client().enqueue(GRIND.job("rye")).block(PATIENCE);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(store.jobs(JobState.PENDING)).hasSize(1);

        runDue();

        assertThat(handled).as("and what they enqueue that is due").containsExactly("ground", "sieved");

        engine.client().enqueue(SIEVE.job("oats")).block(PATIENCE);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(store.jobs(JobState.PENDING)).as("the word holds for once").hasSize(1);
    }

    @Test
    void aClearedStoreIsAsNew() {
        engine.client().enqueue(GRIND.job("rye").uniqueKey("rye")).block(PATIENCE);

        store.clear();

        assertThat(store.enqueued(GRIND)).isEmpty();
        runDue();
        assertThat(handled).isEmpty();
        assertThat(engine.client()
                        .enqueue(GRIND.job("rye").uniqueKey("rye"))
                        .block(PATIENCE)
                        .created())
                .isTrue();
    }
}
