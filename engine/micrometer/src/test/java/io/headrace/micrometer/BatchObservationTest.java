package io.headrace.micrometer;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.BatchOutcome;
import io.headrace.JobBatch;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;

/** One span for a call of a batch handler, linked to the enqueue of each job. */
class BatchObservationTest extends JobObservationTests {

    private void startBatch(int most, Function<JobBatch<String>, Publisher<?>> handler) {
        start(JobHandler.batch(GRIND, b -> b.most(most).wait(ofSeconds(10)), handler));
    }

    private SpanData run() {
        return traces.span("run batch grind");
    }

    @Test
    void aCallIsOneSpanThatIsLinkedToTheEnqueueOfEachJob() {
        startBatch(2, batch -> Mono.delay(ofMillis(1)));
        JobId first = enqueueInARequest();
        JobId second = enqueueInARequest();
        awaitState(second, JobState.COMPLETED);
        awaitState(first, JobState.COMPLETED);

        List<SpanData> enqueues = traces.spans().stream()
                .filter(span -> span.getName().equals("enqueue grind"))
                .toList();
        assertThat(run().getLinks())
                .extracting(link -> link.getSpanContext().getTraceId()
                        + link.getSpanContext().getSpanId())
                .containsExactlyInAnyOrderElementsOf(enqueues.stream()
                        .map(span -> span.getTraceId() + span.getSpanId())
                        .toList())
                .hasSize(2);
        assertThat(run().getLinks()).extracting(LinkData::getSpanContext).allMatch(context -> context.isSampled());
        assertThat(run().getParentSpanContext().isValid()).isFalse();
        assertThat(run().getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(tag(run(), "jobs")).isEqualTo("2");
        assertThat(tag(run(), "outcome")).isEqualTo("complete");
        assertThat(tag(run(), "queue")).isEqualTo("default");
    }

    @Test
    void jobsOfOneEnqueueShareALinkAndOthersNeedNone() {
        startBatch(3, batch -> Mono.empty());
        Observation request = traces.request();
        engine.client()
                .enqueueAll(List.of(
                        GRIND.job("rye"), GRIND.job("oats"), GRIND.job("wheat").header("traceparent", "unreadable")))
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, request))
                .block(PATIENCE)
                .forEach(enqueued -> awaitState(enqueued.id(), JobState.COMPLETED));

        assertThat(run().getLinks()).hasSize(1);
    }

    @Test
    void anErrorIsOnTheSpan() {
        start(JobHandler.batch(GRIND, b -> b, batch -> Mono.error(new IllegalStateException("no stones")))
                .retry(RetryPolicy.never()));
        awaitState(enqueueInARequest(), JobState.FAILED);

        assertThat(tag(run(), "outcome")).isEqualTo("error");
        assertThat(run().getEvents()).isNotEmpty();
    }

    @Test
    void theOutcomeOfASingleJobIsNotThatOfTheCall() {
        startBatch(1, batch -> Mono.just(BatchOutcome.of(batch.jobs().get(0), JobOutcome.fail("no stones"))));
        awaitState(enqueueInARequest(), JobState.FAILED);

        assertThat(tag(run(), "outcome")).isEqualTo("complete");
    }

    @Test
    void theHandlerHasTheObservationAndTheKindInTheLog() {
        AtomicReference<Map<String, String>> logged = new AtomicReference<>();
        startBatch(1, batch -> {
            logged.set(MDC.getCopyOfContextMap());
            return Mono.deferContextual(context -> {
                Observation call = context.get(ObservationThreadLocalAccessor.KEY);
                Observation.createNotStarted("grind.stone", traces.registry())
                        .parentObservation(call)
                        .observe(() -> {});
                return Mono.empty();
            });
        });
        awaitState(enqueueInARequest(), JobState.COMPLETED);

        assertThat(traces.span("grind.stone").getParentSpanId()).isEqualTo(run().getSpanId());
        assertThat(logged.get())
                .containsEntry("headrace.kind", "grind")
                .containsEntry("traceId", run().getTraceId())
                .doesNotContainKey("headrace.job");
    }
}
