package io.headrace.micrometer;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the log and the threads know while a handler runs. */
class AttemptScopeTest extends JobObservationTests {

    @Test
    void theLogKnowsJobAndTraceInTheHandlersCallAndInItsOperators() {
        Hooks.enableAutomaticContextPropagation();
        Map<String, Map<String, String>> logged = new ConcurrentHashMap<>();
        start(job -> {
            logged.put("call", MDC.getCopyOfContextMap());
            return Mono.delay(ofMillis(1), Schedulers.boundedElastic())
                    .doOnNext(tick -> logged.put("operator", MDC.getCopyOfContextMap()));
        });
        JobId id = enqueueInARequest();
        awaitState(id, JobState.COMPLETED);

        SpanData run = traces.span("run grind");
        assertThat(logged)
                .hasSize(2)
                .allSatisfy((where, mdc) -> assertThat(mdc)
                        .containsEntry("headrace.job", id.toString())
                        .containsEntry("headrace.kind", "grind")
                        .containsEntry("headrace.queue", "default")
                        .containsEntry("headrace.attempt", "1")
                        .containsEntry("traceId", run.getTraceId())
                        .containsEntry("spanId", run.getSpanId()));
    }

    @Test
    void aBlockingHandlersThreadHasItAll() {
        AtomicReference<Map<String, String>> logged = new AtomicReference<>();
        start(JobHandler.blocking(GRIND, job -> {
            logged.set(MDC.getCopyOfContextMap());
            return null;
        }));
        JobId id = enqueueInARequest();
        awaitState(id, JobState.COMPLETED);

        assertThat(logged.get())
                .containsEntry("headrace.job", id.toString())
                .containsEntry("traceId", traces.span("run grind").getTraceId());
    }

    @Test
    void nothingIsLeftOnTheThreadAfterwards() {
        Job<String> job = new Job<>(JobId.parse("0000000000001"), "grind", "default", 4, 1, 1, "rye", Map.of(), null);
        Publisher<?> run = JobObservations.of(traces.registry()).run(job, any -> Mono.empty());
        assertThat(Flux.from(run).blockLast(PATIENCE)).isNull();

        Map<String, String> left = MDC.getCopyOfContextMap();
        assertThat(left == null ? Map.of() : left).isEmpty();
        assertThat(traces.registry().getCurrentObservation()).isNull();
        assertThat(traces.spans()).hasSize(1);
    }
}
