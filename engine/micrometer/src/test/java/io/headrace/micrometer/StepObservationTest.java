package io.headrace.micrometer;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.RetryPolicy;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A span for the work of each step, within that of its attempt. */
class StepObservationTest extends JobObservationTests {

    private List<SpanData> spans(String name) {
        return traces.spans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static Mono<String> failFirst(Job<String> job, String value) {
        return job.attempt() == 1 ? Mono.error(new IllegalStateException("torn")) : Mono.just(value);
    }

    @Test
    void aStepHasASpanInEachAttemptInWhichItsWorkRuns() {
        start(job -> job.step(
                        "charge", String.class, () -> Mono.delay(ofMillis(1)).thenReturn("r-1"))
                .flatMap(receipt -> job.step("mail", () -> failFirst(job, receipt))));
        JobId id = enqueueInARequest();
        awaitState(id, JobState.COMPLETED);

        assertThat(spans("step charge")).hasSize(1);
        assertThat(spans("step mail")).hasSize(2);
        List<SpanData> attempts = spans("run grind");
        assertThat(spans("step mail"))
                .extracting(SpanData::getParentSpanId)
                .containsExactlyInAnyOrderElementsOf(
                        attempts.stream().map(SpanData::getSpanId).toList());
        SpanData charge = spans("step charge").get(0);
        assertThat(tag(charge, "step")).isEqualTo("charge");
        assertThat(tag(charge, "job.id")).isEqualTo(id.toString());
        assertThat(tag(charge, "kind")).isEqualTo("grind");
        assertThat(spans("step mail").get(0).getEvents()).as("its error").isNotEmpty();
        assertThat(charge.getStatus()).isEqualTo(StatusData.ok());
    }

    @Test
    void theWorkIsASpansParent() {
        start(job -> job.step("outer", () -> job.step("inner", () -> Mono.just(1))));
        awaitState(enqueueInARequest(), JobState.COMPLETED);

        assertThat(traces.span("step inner").getParentSpanId())
                .isEqualTo(traces.span("step outer").getSpanId());
    }

    @Test
    void aBlockingStepIsWithinItsAttempt() {
        start(JobHandler.<String>blocking(GRIND, job -> job.blockingStep("charge", String.class, () -> "r-1"))
                .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofMillis(1)))));
        awaitState(enqueueInARequest(), JobState.COMPLETED);

        assertThat(traces.span("step charge").getParentSpanId())
                .isEqualTo(traces.span("run grind").getSpanId());
    }
}
