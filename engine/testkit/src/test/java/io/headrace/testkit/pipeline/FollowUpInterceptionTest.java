package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.BatchOutcome;
import io.headrace.Delivery;
import io.headrace.Enqueued;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.RetryPolicy;
import io.headrace.observe.JobInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Interceptors and observers see follow-ups as they see what a client enqueues. */
class FollowUpInterceptionTest {

    private static final JobType<String> BAKE = JobType.of("bake", String.class);
    private static final JobOutcome ROLLS = JobOutcome.completeThen(BAKE.job("rolls"), BAKE.job("buns"));

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<String> calls = new ArrayList<>();

    /** Adds what it finds in the context as a header, which it puts into that of attempts. */
    private final class Naming implements JobInterceptor {

        private final String name;

        Naming(String name) {
            this.name = name;
        }

        @Override
        public Mono<List<Enqueued>> enqueue(
                List<? extends NewJob<?>> jobs, Function<List<? extends NewJob<?>>, Mono<List<Enqueued>>> next) {
            return Mono.deferContextual(context -> {
                calls.add(name + " " + jobs.size());
                String value = context.getOrDefault(name, "nothing");
                return next.apply(jobs.stream()
                                .map(job -> job.header(name, value))
                                .toList())
                        .doOnCancel(() -> calls.add(name + " left"));
            });
        }

        @Override
        public <T> Publisher<?> run(Job<T> job, Function<? super Job<T>, ? extends Publisher<?>> handler) {
            return Flux.from(handler.apply(job)).contextWrite(context -> context.put(name, "job " + job.payload()));
        }
    }

    private JobEngine start(JobHandler<String> handler, UnaryOperator<JobEngine.Builder> more) {
        return mill.start(
                e -> more.apply(e.subscribe(handler.retry(RetryPolicy.never())).enqueues(BAKE)));
    }

    private List<String> headers() {
        return mill.store().enqueued(BAKE).stream().map(job -> job.headers()).toList();
    }

    @Test
    void anInterceptorAddsHeadersInTheContextOfTheAttempt() {
        JobEngine engine = start(
                JobHandler.of(GRIND, job -> Mono.just(ROLLS)),
                e -> e.interceptor(new Naming("outer")).interceptor(new Naming("inner")));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        calls.clear();
        mill.settleDown();

        assertThat(headers())
                .hasSize(2)
                .allSatisfy(headers -> assertThat(headers)
                        .contains(
                                "\"outer\":\"job rye\"", "\"inner\":\"job rye\"", "\"headrace.after\":\"" + id + "\""));
    }

    @Test
    void itsPublisherIsLeftOnceTheJobsHavePassed() {
        JobEngine engine = start(JobHandler.of(GRIND, job -> Mono.just(ROLLS)), e -> e.interceptor(new Naming("mill")));
        mill.enqueue(engine, GRIND.job("rye"));

        assertThat(calls).containsExactly("mill 1", "mill 2", "mill left");
    }

    @Test
    void followUpsOfABatchAreInterceptedOneByOneAndInLists() {
        JobEngine engine = start(
                JobHandler.batch(
                        GRIND,
                        b -> b,
                        batch -> Flux.just(
                                BatchOutcome.of(batch.jobs().get(0), ROLLS),
                                List.of(
                                        BatchOutcome.of(batch.jobs().get(1), ROLLS),
                                        BatchOutcome.failed(batch.jobs().get(2), new IllegalStateException())))),
                e -> e.interceptor(new Naming("mill")));
        mill.enqueue(engine, 3);
        mill.pass(ofMillis(200));

        assertThat(headers()).hasSize(4).allMatch(headers -> headers.contains("\"mill\":\"nothing\""));
        assertThat(mill.store().jobs(JobState.FAILED)).hasSize(1);
    }

    @Test
    void aDeliverysAreInterceptedInTheContextOfWhoSettlesIt() {
        JobEngine engine = mill.start(e -> e.enqueues(GRIND, BAKE).interceptor(new Naming("mill")));
        mill.enqueue(engine, GRIND.job("rye"));
        List<Delivery<String>> deliveries = new ArrayList<>();
        engine.receive(GRIND).subscribe(deliveries::add);
        mill.settleDown();
        deliveries
                .get(0)
                .settle(ROLLS)
                .contextWrite(context -> context.put("mill", "by hand"))
                .subscribe();
        mill.settleDown();

        assertThat(headers()).hasSize(2).allMatch(headers -> headers.contains("\"mill\":\"by hand\""));
    }

    @Test
    void anInterceptorThatFailsOrKeepsTheJobsFailsTheAttempt() {
        JobInterceptor failing = new JobInterceptor() {
            @Override
            public Mono<List<Enqueued>> enqueue(
                    List<? extends NewJob<?>> jobs, Function<List<? extends NewJob<?>>, Mono<List<Enqueued>>> next) {
                return switch (jobs.get(0).payload().toString()) {
                    case "rolls" -> Mono.error(new IllegalArgumentException("no oven"));
                    case "buns" -> Mono.never();
                    default -> next.apply(jobs);
                };
            }
        };
        JobEngine engine = start(
                JobHandler.of(GRIND, job -> Mono.just(JobOutcome.completeThen(BAKE.job(job.payload())))),
                e -> e.interceptor(failing));
        JobEngine other = mill.start(e -> e.queue("elsewhere").enqueues(GRIND));
        JobId first = mill.enqueue(other, GRIND.job("rolls"));
        JobId second = mill.enqueue(other, GRIND.job("buns"));
        mill.settleDown();

        assertThat(engine.status().problem()).isNull();
        assertThat(mill.find(first).failures().get(0).message()).contains("interceptor must pass on");
        assertThat(mill.find(second).failures().get(0).message()).contains("without waiting");
        assertThat(headers()).isEmpty();
    }

    @Test
    void anObserverIsToldOfThoseThatAreCertainlyNew() {
        Notebook notebook = new Notebook();
        JobEngine engine = start(
                JobHandler.of(
                        GRIND,
                        job -> Mono.just(JobOutcome.completeThen(
                                BAKE.job("rolls"),
                                BAKE.job("buns").queue("oven"),
                                BAKE.job("cake").uniqueKey("cake")))),
                e -> e.observer(notebook));
        mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();

        assertThat(notebook.starting("enqueued"))
                .containsExactly(
                        "enqueued default grind true", "enqueued default bake true", "enqueued oven bake true");
    }
}
