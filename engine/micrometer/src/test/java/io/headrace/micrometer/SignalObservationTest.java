package io.headrace.micrometer;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.signal.SignalAnswer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The trace in which a signal was sent, and that of the attempt that it woke, are linked. */
class SignalObservationTest extends JobObservationTests {

    private static final String KEY = "paid-77";

    private JobId waiting() {
        start(job -> job.signal(KEY, String.class)
                .<JobOutcome>map(payment -> JobOutcome.complete())
                .switchIfEmpty(Mono.just(JobOutcome.await(KEY, ofHours(1)))));
        JobId id = enqueueInARequest();
        await().atMost(PATIENCE)
                .until(() ->
                        engine.operator().awaiting(KEY, null, 1).block().waits().size() == 1);
        return id;
    }

    @Test
    void theSpanThatReadsASignalIsLinkedToTheOneThatSentIt() {
        JobId id = waiting();
        Observation request = traces.request();
        SignalAnswer answer = engine.client()
                .signal(KEY, "cash")
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, request))
                .block(PATIENCE);
        request.stop();
        assertThat(answer.created()).isTrue();
        awaitState(id, JobState.COMPLETED);

        SpanData sent = traces.span("signal");
        SpanData read = traces.span("read signal");
        SpanData attempt = traces.span("run grind");
        assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(sent.getParentSpanId())
                .isEqualTo(traces.span("http.server.requests").getSpanId());
        assertThat(tag(sent, "signal.key")).isEqualTo(KEY);
        assertThat(read.getParentSpanId()).isEqualTo(attempt.getSpanId());
        assertThat(read.getTraceId()).isEqualTo(attempt.getTraceId()).isNotEqualTo(sent.getTraceId());
        assertThat(read.getLinks())
                .extracting(link -> link.getSpanContext().getTraceId()
                        + link.getSpanContext().getSpanId())
                .containsExactly(sent.getTraceId() + sent.getSpanId());
        assertThat(tag(attempt, "outcome")).isEqualTo("complete");
    }

    @Test
    void aWaitIsAnOutcome() {
        JobId id = waiting();

        assertThat(tag(traces.span("run grind"), "outcome")).isEqualTo("await");
        assertThat(traces.spans()).noneMatch(span -> span.getName().equals("read signal"));
        engine.client().cancel(id).block(PATIENCE);
    }

    @Test
    void aSignalWithoutATraceIsReadWithoutASpan() {
        JobId id = waiting();
        assertThat(JobClient.create(store).signal(KEY, "cash").block(PATIENCE).created())
                .isTrue();
        awaitState(id, JobState.COMPLETED);

        assertThat(traces.spans()).noneMatch(span -> span.getName().equals("read signal"));
    }
}
