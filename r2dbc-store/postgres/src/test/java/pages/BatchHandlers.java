package pages;

import io.headrace.BatchOutcome;
import io.headrace.Delivery;
import io.headrace.JobBatch;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.LeaseLostException;
import io.headrace.QueueSettings;
import io.headrace.RetryPolicy;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/batch-handlers.md. */
final class BatchHandlers {

    record Reading(String sensor, double value) {}

    static final JobType<Reading> STORE = JobType.of("store-reading", Reading.class);

    /** A table that takes many rows in one statement, and a gateway that answers for each message. */
    interface Readings {
        Mono<Void> insert(List<Reading> rows);

        Flux<Answer> publish(List<Reading> messages);
    }

    /** What the gateway says of the message at an index. */
    record Answer(int index, int status) {}

    private final Readings readings;

    BatchHandlers(Readings readings) {
        this.readings = readings;
    }

    JobEngine engine(JobStore store) {
        return JobEngine.builder(store)
                .queue("default", q -> q.concurrency(1_000))
                .subscribe(JobHandler.batch(
                        STORE,
                        b -> b.most(500).wait(Duration.ofMillis(100)),
                        batch -> readings.insert(batch.payloads())))
                .build();
    }

    Flux<BatchOutcome> publish(JobBatch<Reading> batch) {
        return readings.publish(batch.payloads())
                .filter(answer -> answer.status() != 200)
                .map(answer -> BatchOutcome.of(
                        batch.jobs().get(answer.index()),
                        answer.status() == 429
                                ? JobOutcome.retry(Duration.ofSeconds(30), "the gateway is busy")
                                : JobOutcome.fail("status " + answer.status())));
    }

    JobEngine publishing(JobStore store) {
        return JobEngine.builder(store)
                .subscribe(JobHandler.batch(STORE, b -> b.most(50), this::publish))
                .build();
    }

    Flux<Void> settleByHand(JobEngine engine) {
        return engine.receive(STORE, QueueSettings.defaults().concurrency(1_000), RetryPolicy.defaults())
                .bufferTimeout(500, Duration.ofMillis(100), true)
                .flatMap(batch -> insert(batch)
                        .thenMany(settle(batch, Delivery::complete))
                        .onErrorResume(error -> settle(batch, delivery -> delivery.fail(error))));
    }

    private Mono<Void> insert(List<Delivery<Reading>> batch) {
        return readings.insert(
                batch.stream().map(delivery -> delivery.job().payload()).toList());
    }

    private static Flux<Void> settle(
            List<Delivery<Reading>> batch, Function<Delivery<Reading>, Mono<Void>> settlement) {
        return Flux.fromIterable(batch)
                .flatMap(
                        delivery -> settlement.apply(delivery).onErrorComplete(LeaseLostException.class), batch.size());
    }
}
