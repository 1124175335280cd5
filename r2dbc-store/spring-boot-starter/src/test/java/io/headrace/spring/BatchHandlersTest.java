package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.BatchOutcome;
import io.headrace.Enqueued;
import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every way in which a bean can be a batch handler. */
class BatchHandlersTest {

    record Grain(String name, int sacks) {}

    record Reading(String sensor, double value) {}

    /** The handler of docs/batch-handlers.md. */
    @Component
    static class Readings {
        private final Table table = rows -> Mono.fromRunnable(() -> STORED.addAll(rows));

        @HandlesJob(value = "store-reading", most = "500", longestWait = "100ms")
        Mono<Void> store(List<Reading> readings) {
            return table.insert(readings);
        }
    }

    interface Table {
        Mono<Void> insert(List<Reading> rows);
    }

    private static final List<Reading> STORED = new CopyOnWriteArrayList<>();
    private static final Map<String, Integer> SACKS = new ConcurrentHashMap<>();

    private static void handle(String kind, List<Grain> grains) {
        SACKS.merge(kind, grains.stream().mapToInt(Grain::sacks).sum(), Integer::sum);
    }

    @Component
    static class Methods {
        @HandlesJob(value = "payloads", most = "${mill.most:20}", longestWait = "50ms")
        Mono<Void> payloads(List<Grain> grains) {
            return Mono.fromRunnable(() -> handle("payloads", grains));
        }

        @HandlesJob(value = "wait-only", longestWait = "0s")
        void waitOnly(List<Grain> grains) {
            handle("wait-only", grains);
        }

        @HandlesJob("jobs")
        Flux<BatchOutcome> jobs(List<Job<Grain>> jobs) {
            handle("jobs", jobs.stream().map(Job::payload).toList());
            return Flux.empty();
        }

        @HandlesJob("batch")
        CompletionStage<Void> batch(JobBatch<Grain> batch) {
            return CompletableFuture.runAsync(() -> handle("batch", batch.payloads()));
        }

        @HandlesJob(value = "outcomes", most = "3", longestWait = "10s")
        List<BatchOutcome> outcomes(JobBatch<Grain> batch) {
            return batch.jobs().stream()
                    .filter(job -> job.payload().sacks() == 1)
                    .map(job -> BatchOutcome.of(job, JobOutcome.fail("mouldy")))
                    .toList();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        @HandlesJob("function")
        Function<JobBatch<Grain>, Mono<Void>> function() {
            return batch -> Mono.fromRunnable(() -> handle("function", batch.payloads()));
        }
    }

    private TestApp app;

    @BeforeEach
    void start() {
        SACKS.clear();
        STORED.clear();
        app = TestApp.of(Methods.class, Beans.class, Readings.class)
                .with("headrace.queues.default.concurrency", "1000")
                .start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private List<Enqueued> enqueue(String kind) {
        JobType<Grain> type = JobType.of(kind, Grain.class);
        return app.client()
                .enqueueAll(IntStream.range(0, 3)
                        .mapToObj(sacks -> type.job(new Grain("rye", sacks)))
                        .toList())
                .block(PATIENCE);
    }

    private JobState end(Enqueued enqueued) {
        return await().atMost(PATIENCE)
                .until(
                        () -> app.client().find(enqueued.id()).block(PATIENCE).state(),
                        state -> state == JobState.COMPLETED || state == JobState.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payloads", "wait-only", "jobs", "batch", "function"})
    void takesManyJobs(String kind) {
        assertThat(enqueue(kind)).allMatch(job -> end(job) == JobState.COMPLETED);
        assertThat(SACKS).containsEntry(kind, 3);
    }

    @Test
    void theHandlerOfThePageStoresReadings() {
        JobType<Reading> type = JobType.of("store-reading", Reading.class);
        Enqueued enqueued =
                app.client().enqueue(type.job(new Reading("weir", 1.5))).block(PATIENCE);

        assertThat(end(enqueued)).isEqualTo(JobState.COMPLETED);
        assertThat(STORED).containsExactly(new Reading("weir", 1.5));
    }

    @Test
    void anOutcomeDecidesAboutItsJob() {
        assertThat(enqueue("outcomes"))
                .extracting(this::end)
                .containsExactly(JobState.COMPLETED, JobState.FAILED, JobState.COMPLETED);
    }
}
