package io.headrace.micrometer;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.HandlerContractException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One trace from a request to the handler, and what the handler finds of it. */
class JobObservationsTest extends JobObservationTests {

    @Test
    void requestEnqueueAndHandlerAreOneTrace() {
        start(job -> Mono.delay(ofMillis(1)));
        JobId id = enqueueInARequest();
        awaitState(id, JobState.COMPLETED);

        SpanData request = traces.span("http.server.requests");
        SpanData enqueue = traces.span("enqueue grind");
        SpanData run = traces.span("run grind");
        assertThat(List.of(enqueue, run)).extracting(SpanData::getTraceId).containsOnly(request.getTraceId());
        assertThat(enqueue.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(run.getParentSpanId()).isEqualTo(enqueue.getSpanId());
        assertThat(enqueue.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(run.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(tag(run, "outcome")).isEqualTo("complete");
        assertThat(tag(run, "job.id")).isEqualTo(id.toString());
        assertThat(tag(run, "queue")).isEqualTo("default");
    }

    @Test
    void aFollowUpBelongsToTheTraceOfTheAttemptThatAskedForIt() {
        JobType<String> bake = JobType.of("bake", String.class);
        engine = JobEngine.builder(store)
                .interceptor(JobObservations.of(traces.registry()))
                .subscribe(GRIND, job -> Mono.delay(ofMillis(1)).thenReturn(JobOutcome.completeThen(bake.job("rolls"))))
                .subscribe(bake, job -> Mono.empty())
                .build();
        engine.start().block(PATIENCE);
        awaitState(enqueueInARequest(), JobState.COMPLETED);
        JobId next = store.enqueued(bake).get(0).id();
        awaitState(next, JobState.COMPLETED);

        SpanData attempt = traces.span("run grind");
        SpanData enqueue = traces.span("enqueue bake");
        SpanData run = traces.span("run bake");
        assertThat(enqueue.getParentSpanId()).isEqualTo(attempt.getSpanId());
        assertThat(run.getParentSpanId()).isEqualTo(enqueue.getSpanId());
        assertThat(List.of(attempt, enqueue, run))
                .extracting(SpanData::getTraceId)
                .containsOnly(traces.span("http.server.requests").getTraceId());
        assertThat(enqueue.getEvents()).as("errors").isEmpty();
    }

    @Test
    void theTraceTravelsInAHeader() {
        AtomicReference<Map<String, String>> headers = new AtomicReference<>();
        start(job -> {
            headers.set(job.headers());
            return Mono.empty();
        });
        awaitState(enqueueInARequest(), JobState.COMPLETED);

        SpanData enqueue = traces.span("enqueue grind");
        assertThat(headers.get().get("traceparent"))
                .startsWith("00-" + enqueue.getTraceId() + "-" + enqueue.getSpanId() + "-");
    }

    @Test
    void anObservationOfTheThreadIsAParentToo() {
        start(job -> Mono.empty());
        Observation request = traces.request();
        JobId id = request.observe(
                () -> engine.client().enqueue(GRIND.job("rye")).block(PATIENCE).id());
        awaitState(id, JobState.COMPLETED);

        assertThat(traces.span("enqueue grind").getParentSpanId())
                .isEqualTo(traces.span("http.server.requests").getSpanId());
    }

    @Test
    void aSpanOfTheHandlersIsAChildOfItsAttempt() {
        start(job -> Mono.deferContextual(context -> {
            Observation attempt = context.get(ObservationThreadLocalAccessor.KEY);
            Observation.createNotStarted("grind.stone", traces.registry())
                    .parentObservation(attempt)
                    .observe(() -> {});
            return Mono.empty();
        }));
        awaitState(enqueueInARequest(), JobState.COMPLETED);

        assertThat(traces.span("grind.stone").getParentSpanId())
                .isEqualTo(traces.span("run grind").getSpanId());
    }

    @Test
    void everyAttemptHasASpanOfItsOwnAndAnErrorIsOnIt() {
        start(job -> Mono.error(new IllegalStateException("no stones")));
        awaitState(enqueueInARequest(), JobState.FAILED);

        List<SpanData> runs = traces.spans().stream()
                .filter(span -> span.getName().equals("run grind"))
                .toList();
        assertThat(runs).extracting(span -> tag(span, "job.attempt")).containsExactly("1", "2");
        assertThat(runs)
                .allSatisfy(run -> assertThat(run.getParentSpanId())
                        .isEqualTo(traces.span("enqueue grind").getSpanId()))
                .allSatisfy(run -> assertThat(tag(run, "outcome")).isEqualTo("error"))
                .allSatisfy(run -> assertThat(run.getEvents()).isNotEmpty());
    }

    @Test
    void aHandlerThatThrowsOrAnswersNullEndsItsSpan() {
        start(job -> {
            if (job.attempt() == 1) {
                throw new IllegalStateException("no stones");
            }
            return null;
        });
        JobId id = enqueueInARequest();
        awaitState(id, JobState.FAILED);

        assertThat(traces.spans().stream().filter(span -> span.getName().equals("run grind")))
                .hasSize(2)
                .allSatisfy(run -> assertThat(tag(run, "outcome")).isEqualTo("error"));
        assertThat(store.inspector().find(id).block().failures())
                .extracting(failure -> failure.errorType())
                .containsExactly(IllegalStateException.class.getName(), HandlerContractException.class.getName());
    }

    @Test
    void whatTheHandlerSaidIsItsOutcome() {
        start(job -> Flux.just("flour", JobOutcome.cancel("sold")));
        awaitState(enqueueInARequest(), JobState.CANCELLED);

        assertThat(tag(traces.span("run grind"), "outcome")).isEqualTo("cancel");
    }

    @Test
    void anAttemptThatIsBrokenOffEndsItsSpan() {
        start(JobHandler.<String>of(GRIND, job -> Mono.never())
                .timeout(ofMillis(50))
                .retry(RetryPolicy.never()));
        awaitState(enqueueInARequest(), JobState.FAILED);

        assertThat(tag(traces.span("run grind"), "outcome")).isEqualTo("broken-off");
    }

    @Test
    void jobsOfOneCallShareASpanAndAFailedCallIsOnIt() {
        JobClient client = JobClient.builder(store)
                .interceptor(JobObservations.of(traces.registry()))
                .build();
        client.enqueueAll(List.of(GRIND.job("rye"), GRIND.job("oats").queue("weir")))
                .block(PATIENCE);
        client.in((jobs, by) -> Mono.error(new IllegalStateException("rolled back")))
                .enqueue(GRIND.job("rye"))
                .onErrorComplete()
                .block(PATIENCE);

        assertThat(traces.spans()).hasSize(2);
        SpanData batch = traces.spans().get(0);
        assertThat(tag(batch, "jobs")).isEqualTo("2");
        assertThat(tag(batch, "queue")).isEqualTo("several");
        assertThat(tag(batch, "kind")).isEqualTo("grind");
        assertThat(traces.spans().get(1).getEvents()).isNotEmpty();
    }

    @Test
    void aHeaderOfTheCallersStays() {
        JobClient client = JobClient.builder(store)
                .interceptor(JobObservations.of(traces.registry()))
                .build();
        client.enqueue(GRIND.job("rye").header("traceparent", "the caller's own"))
                .block(PATIENCE);
        AtomicReference<Map<String, String>> headers = new AtomicReference<>();
        engine = JobEngine.builder(store)
                .subscribe(GRIND, job -> {
                    headers.set(job.headers());
                    return Mono.empty();
                })
                .build();
        engine.start().block(PATIENCE);

        await().atMost(PATIENCE).until(() -> headers.get() != null);
        assertThat(headers.get()).isEqualTo(Map.of("traceparent", "the caller's own"));
    }

    @Test
    void conventionsCanBeReplaced() {
        engine = JobEngine.builder(store)
                .interceptor(JobObservations.of(
                        traces.registry(),
                        new DefaultEnqueueConvention() {
                            @Override
                            public String getContextualName(EnqueueContext context) {
                                return "pour";
                            }
                        },
                        new DefaultAttemptConvention() {
                            @Override
                            public KeyValues getLowCardinalityKeyValues(AttemptContext context) {
                                return super.getLowCardinalityKeyValues(context).and("mill", "north");
                            }
                        },
                        null,
                        new DefaultStepConvention() {
                            @Override
                            public String getContextualName(StepContext context) {
                                return "turn " + context.step().name();
                            }
                        }))
                .subscribe(GRIND, job -> job.step("stone", () -> Mono.just(1)))
                .build();
        engine.start().block(PATIENCE);
        awaitState(enqueueInARequest(), JobState.COMPLETED);

        assertThat(traces.span("pour")).isNotNull();
        assertThat(tag(traces.span("run grind"), "mill")).isEqualTo("north");
        assertThat(traces.span("turn stone")).isNotNull();
    }

    @Test
    void aRegistryThatObservesNothingChangesNothing() {
        JobClient client = JobClient.builder(store)
                .interceptor(JobObservations.of(ObservationRegistry.NOOP))
                .build();
        client.enqueue(GRIND.job("rye")).block(PATIENCE);

        assertThat(traces.spans()).isEmpty();
    }
}
