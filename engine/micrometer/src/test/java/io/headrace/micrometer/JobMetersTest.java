package io.headrace.micrometer;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.observe.AttemptEnd;
import io.headrace.testkit.InMemoryJobStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What the meters show of jobs that were run, well and badly. */
class JobMetersTest {

    private static final Duration PATIENCE = ofSeconds(20);
    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    private final InMemoryJobStore store = InMemoryJobStore.create();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Sinks.Empty<Void> gate = Sinks.empty();
    private JobEngine engine;

    @AfterEach
    void everyJobIsInOnePlace() {
        if (engine != null) {
            engine.stop(ofMillis(1)).block(PATIENCE);
        }
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
    }

    private void start() {
        engine = JobEngine.builder(store)
                .observer(JobMeters.of(registry, Tags.empty(), ofMillis(20)))
                .queue("default", q -> q.concurrency(4).prefetch(0))
                .subscribe(JobHandler.<String>of(GRIND, job -> switch (job.payload()) {
                            case "torn" -> Mono.error(new IllegalStateException("torn"));
                            case "wet" -> Mono.just(JobOutcome.snooze(ofHours(1)));
                            case "stuck" -> gate.asMono();
                            default -> Mono.empty();
                        })
                        .retry(RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofMillis(1)))))
                .build();
        engine.start().block(PATIENCE);
    }

    private void enqueue(String... payloads) {
        for (String payload : payloads) {
            engine.client().enqueue(GRIND.job(payload)).block(PATIENCE);
        }
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double settled(AttemptEnd end) {
        return counter("headrace.jobs.settled", "queue", "default", "kind", "grind", "outcome", end.text());
    }

    @Test
    void outcomesAreCountedApart() {
        start();
        enqueue("rye", "torn", "wet", "oats");
        await().atMost(PATIENCE).until(() -> settled(AttemptEnd.FAILED) == 1 && settled(AttemptEnd.COMPLETED) == 2);

        assertThat(settled(AttemptEnd.RETRIED)).isEqualTo(1);
        assertThat(settled(AttemptEnd.SNOOZED)).isEqualTo(1);
        assertThat(settled(AttemptEnd.LOST)).isZero();
        assertThat(counter("headrace.jobs.enqueued", "created", "true")).isEqualTo(4);
        assertThat(registry.get("headrace.jobs.wait").timer().count()).isEqualTo(5);
        assertThat(registry.get("headrace.jobs.run")
                        .tag("outcome", "completed")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(gauge("headrace.jobs.running", "kind", "grind")).isZero();
    }

    @Test
    void whoAwaitsAJobIsCountedByHowItEnded() {
        start();
        for (String payload : List.of("rye", "torn", "oats")) {
            JobId id =
                    engine.client().enqueue(GRIND.job(payload)).block(PATIENCE).id();
            assertThat(engine.client().await(id).block(PATIENCE).isOutcome()).isTrue();
        }

        assertThat(awaited("completed")).isEqualTo(2);
        assertThat(awaited("failed")).isOne();
        assertThat(awaited("cancelled")).isZero();
    }

    private long awaited(String state) {
        return registry.get("headrace.jobs.awaited").tag("state", state).timer().count();
    }

    @Test
    void ofABatchHandlerJobsAndCallsAreCounted() {
        engine = JobEngine.builder(store)
                .observer(JobMeters.of(registry))
                .subscribe(JobHandler.batch(GRIND, b -> b.most(2).wait(ofHours(0)), batch -> Mono.empty()))
                .build();
        engine.start().block(PATIENCE);
        engine.client()
                .enqueueAll(List.of(GRIND.job("rye"), GRIND.job("oats"), GRIND.job("wheat")))
                .block(PATIENCE);
        await().atMost(PATIENCE).until(() -> settled(AttemptEnd.COMPLETED) == 3);

        assertThat(registry.get("headrace.jobs.run").timer().count()).isEqualTo(3);
        assertThat(registry.get("headrace.batch.run")
                        .tags("queue", "default", "kind", "grind")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("headrace.batch.jobs").summary().totalAmount()).isEqualTo(3);
    }

    @Test
    void whatRunsAndWaitsIsShownAndGoesWithTheEngine() {
        start();
        enqueue("stuck", "stuck", "stuck", "stuck", "rye", "rye", "rye");
        await().atMost(PATIENCE).until(() -> {
            var due =
                    registry.find("headrace.queue.due").tag("queue", "default").gauge();
            return due != null && due.value() == 3;
        });

        assertThat(gauge("headrace.jobs.running")).isEqualTo(4);
        assertThat(gauge("headrace.jobs.leased", "queue", "default")).isEqualTo(4);
        await().atMost(PATIENCE).until(() -> gauge("headrace.queue.oldest", "queue", "default") > 0);
        assertThat(gauge("headrace.heartbeat.age")).isNotNegative();
        gate.tryEmitEmpty();
        await().atMost(PATIENCE).until(() -> gauge("headrace.queue.due") == 0);
        assertThat(gauge("headrace.queue.leased", "queue", "default")).isZero();

        engine.stop().block(PATIENCE);
        assertThat(registry.find("headrace.queue.due").gauges()).isEmpty();
        assertThat(registry.find("headrace.jobs.leased").gauges()).isEmpty();
    }

    @Test
    void batchesAreMeasured() {
        // Not by the engine, which might lease them without a claim.
        JobClient.builder(store)
                .build()
                .enqueueAll(List.of(GRIND.job("rye"), GRIND.job("rye"), GRIND.job("oats")))
                .block(PATIENCE);
        start();
        engine.client()
                .enqueueAll(List.of(
                        GRIND.job("rye").delay(ofHours(1)), GRIND.job("oats").delay(ofHours(1))))
                .block(PATIENCE);
        await().atMost(PATIENCE).until(() -> settled(AttemptEnd.COMPLETED) == 3);

        assertThat(registry.get("headrace.store.batch")
                        .tag("call", "enqueue")
                        .summary()
                        .max())
                .isEqualTo(2);
        assertThat(registry.get("headrace.store.batch")
                        .tag("call", "claim")
                        .summary()
                        .totalAmount())
                .isEqualTo(3);
        assertThat(registry.get("headrace.store.calls")
                        .tags("call", "settle", "result", "answered")
                        .timer()
                        .count())
                .isPositive();
        assertThat(registry.get("headrace.store.calls")
                        .tags("call", "settle", "result", "failed")
                        .timer()
                        .count())
                .isZero();
    }

    @Test
    void aClientCountsWhatItEnqueues() {
        JobClient client =
                JobClient.builder(store).observer(JobMeters.of(registry)).build();
        client.enqueue(GRIND.job("rye").uniqueKey("sack 1")).block(PATIENCE);
        client.enqueue(GRIND.job("rye").uniqueKey("sack 1")).block(PATIENCE);

        assertThat(counter("headrace.jobs.enqueued", "created", "true")).isEqualTo(1);
        assertThat(counter("headrace.jobs.enqueued", "created", "false")).isEqualTo(1);
    }

    @Test
    void countingAJobAllocatesNothing() {
        JobMeters meters = JobMeters.of(registry);
        countJobs(meters, 20_000);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        countJobs(meters, 20_000);
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        // A time window of a maximum turns now and then.
        assertThat(bytes / 20_000.0).as("bytes for a job").isLessThan(1);
    }

    private static void countJobs(JobMeters meters, int jobs) {
        for (int i = 0; i < jobs; i++) {
            meters.enqueued("default", "grind", true);
            meters.began("default", "grind", 1_000);
            meters.ended("default", "grind", AttemptEnd.COMPLETED, 1_000);
            meters.settled("default", "grind", AttemptEnd.COMPLETED);
        }
    }
}
