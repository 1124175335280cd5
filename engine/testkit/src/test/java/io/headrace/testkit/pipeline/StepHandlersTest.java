package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Backoff;
import io.headrace.Delivery;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.headrace.spi.StoredStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Steps of handlers that block, of batch handlers, of deliveries, and of handlers that a test calls. */
class StepHandlersTest {

    private static final RetryPolicy TWICE =
            RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofMillis(10)));

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final List<Object> seen = new CopyOnWriteArrayList<>();

    private List<StoredStep> stepsOf(JobId id) {
        return mill.store().steps().read(List.of(id.value())).block().get(0).steps();
    }

    private String charge(Job<String> job) {
        ran.add(job.payload());
        return "receipt of " + job.payload();
    }

    @Test
    void aHandlerThatBlocksRunsItsStepsOnItsThread() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.<String>blocking(GRIND, job -> {
                    threads.add(Thread.currentThread());
                    seen.add(job.blockingStep("charge", String.class, () -> {
                        threads.add(Thread.currentThread());
                        return charge(job);
                    }));
                    seen.add(Optional.ofNullable(job.blockingStep("ship", Void.class, () -> null)));
                    if (job.attempt() == 1) {
                        throw new IOException("torn");
                    }
                    return null;
                })
                .retry(TWICE)));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.passUntil(() -> mill.find(id).state() == JobState.COMPLETED);

        assertThat(ran).containsExactly("rye");
        assertThat(seen).containsExactly("receipt of rye", Optional.empty(), "receipt of rye", Optional.empty());
        assertThat(threads.get(1)).isSameAs(threads.get(0));
        assertThat(stepsOf(id)).extracting(StoredStep::name).containsExactly("charge", "ship");
    }

    @Test
    void whatTheWorkOfABlockingStepThrowsIsThrown() {
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.<String>blocking(GRIND, job -> {
                    try {
                        return job.blockingStep("charge", String.class, () -> {
                            throw new IOException("no line");
                        });
                    } catch (IOException caught) {
                        seen.add(caught.getMessage());
                        throw caught;
                    }
                })
                .retry(RetryPolicy.never())));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.passUntil(() -> mill.find(id).state() == JobState.FAILED);

        assertThat(seen).containsExactly("no line");
        assertThat(mill.find(id).failures().get(0).errorType()).isEqualTo(IOException.class.getName());
        assertThat(stepsOf(id)).isEmpty();
    }

    @Test
    void theJobsOfABatchHaveStepsOfTheirOwn() {
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.<String>batch(
                        GRIND,
                        b -> b.most(10).wait(ofMillis(50)),
                        batch -> Flux.fromIterable(batch.jobs())
                                .flatMap(job ->
                                        job.step("charge", String.class, () -> Mono.fromSupplier(() -> charge(job))))
                                .doOnNext(seen::add)
                                .then(
                                        batch.jobs().get(0).attempt() == 1
                                                ? Mono.error(new IllegalStateException("torn"))
                                                : Mono.empty()))
                .retry(TWICE)));
        for (String grain : List.of("rye", "oats", "wheat")) {
            engine.client().enqueue(GRIND.job(grain)).subscribe();
        }

        mill.pass(ofSeconds(2));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
        assertThat(ran).containsExactlyInAnyOrder("rye", "oats", "wheat");
        assertThat(seen).hasSize(6);
    }

    @Test
    void aDeliveryHasSteps() {
        JobEngine engine = mill.start(e -> e.enqueues(GRIND));
        List<Delivery<String>> deliveries = new ArrayList<>();
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        engine.receive(GRIND).subscribe(deliveries::add);
        mill.settleDown();

        for (int delivered = 0; delivered < 2; delivered++) {
            Delivery<String> delivery = deliveries.get(delivered);
            Mono<Void> settle = delivered == 0 ? delivery.snooze(ofMillis(10)) : delivery.complete();
            delivery.job()
                    .step("charge", String.class, () -> Mono.fromSupplier(() -> charge(delivery.job())))
                    .doOnNext(seen::add)
                    .then(settle)
                    .subscribe();
            mill.pass(ofSeconds(1));
        }

        assertThat(ran).containsExactly("rye");
        assertThat(seen).containsExactly("receipt of rye", "receipt of rye");
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aHandlerThatATestCallsRunsItsSteps() throws Exception {
        Job<String> job = new Job<>(new JobId(7), "grind", "default", 4, 1, 3, "rye", Map.of(), null);

        assertThat(job.step("charge", String.class, () -> Mono.just("r-1")).block())
                .isEqualTo("r-1");
        assertThat(job.step("ship", () -> Mono.just("r-1")).block()).isNull();
        assertThat(job.blockingStep("mail", String.class, () -> "sent")).isEqualTo("sent");
        assertThat(job.cursor(Integer.class).block()).isNull();
        job.cursor(7).block();
        assertThat(job.step("charge", () -> Mono.error(new IOException("no line")))
                        .onErrorResume(IOException.class, e -> Mono.empty())
                        .block())
                .isNull();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> job.blockingStep("mail", String.class, () -> {
                    throw new IOException("no line");
                }));
    }
}
