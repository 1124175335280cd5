package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.RetryPolicy;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StepEnd;
import io.headrace.spi.StoredStep;
import io.headrace.testkit.InMemoryTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** An engine whose handlers record steps in transactions. A failed attempt is retried after an hour. */
abstract class StepInTests {

    @RegisterExtension
    final Mill mill = new Mill();

    @RegisterExtension
    final LogLines log = new LogLines();

    final List<String> ran = new ArrayList<>();
    final List<StepEnd> ends = new ArrayList<>();
    final List<Object> seen = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    Unreliable store;

    @BeforeEach
    void watchTheStore() {
        store = new Unreliable(mill.store());
    }

    JobEngine start(Function<Job<String>, Publisher<?>> handler) {
        return mill.start(
                store.proxy(),
                e -> e.observer(new JobObserver() {
                            @Override
                            public void stepped(String queue, String kind, StepEnd end, long ranNanos) {
                                ends.add(end);
                            }
                        })
                        .queue("default", q -> q.concurrency(64).pollInterval(ofSeconds(30)))
                        .subscribe(JobHandler.of(GRIND, handler)
                                .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofHours(1))))));
    }

    /** Runs a job for a second. */
    JobId run(Function<Job<String>, Mono<?>> handler) {
        JobEngine engine = start(job -> handler.apply(job).doOnError(errors::add));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        return id;
    }

    JobSnapshot afterTheRetry(JobId id) {
        mill.pass(ofHours(1).plusSeconds(1));
        return mill.find(id);
    }

    InMemoryTransaction begin() {
        return mill.store().begin();
    }

    /** A step whose work is remembered, and what it returns. */
    Mono<String> step(Job<String> job, InMemoryTransaction open, String name) {
        return job.stepIn(
                        open,
                        name,
                        String.class,
                        () -> Mono.fromSupplier(() -> {
                            ran.add(name);
                            return name + " " + ran.size();
                        }))
                .doOnNext(seen::add);
    }

    Mono<Void> commits(Job<String> job, String name) {
        InMemoryTransaction open = begin();
        return step(job, open, name).then(open.commit());
    }

    List<String> recorded(JobId id) {
        return mill.store().steps().read(List.of(id.value())).block().get(0).steps().stream()
                .map(StoredStep::name)
                .toList();
    }

    static <T> Mono<T> torn() {
        return Mono.error(new IllegalStateException("torn"));
    }

    static Mono<Void> failFirst(Job<?> job) {
        return job.attempt() == 1 ? torn() : Mono.empty();
    }
}
