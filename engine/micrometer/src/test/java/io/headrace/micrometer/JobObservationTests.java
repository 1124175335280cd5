package io.headrace.micrometer;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.testkit.InMemoryJobStore;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Hooks;

/** An engine on the in-memory store, whose jobs are traced. */
abstract class JobObservationTests {

    static final Duration PATIENCE = ofSeconds(20);
    static final JobType<String> GRIND = JobType.of("grind", String.class);

    final InMemoryJobStore store = InMemoryJobStore.create();
    final Traces traces = new Traces();
    JobEngine engine;

    @AfterEach
    void everyJobIsInOnePlace() {
        Hooks.disableAutomaticContextPropagation();
        if (engine != null) {
            engine.stop(ofMillis(1)).block(PATIENCE);
        }
        traces.close();
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
    }

    void start(JobHandler<String> handler) {
        engine = JobEngine.builder(store)
                .interceptor(JobObservations.of(traces.registry()))
                .subscribe(handler)
                .build();
        engine.start().block(PATIENCE);
    }

    void start(Function<Job<String>, Publisher<?>> handler) {
        start(JobHandler.<String>of(GRIND, handler)
                .retry(RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofMillis(1)))));
    }

    /** As a filter of a web server does it: the observation is in the Reactor context. */
    JobId enqueueInARequest() {
        Observation request = traces.request();
        JobId id = engine.client()
                .enqueue(GRIND.job("rye"))
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, request))
                .block(PATIENCE)
                .id();
        request.stop();
        return id;
    }

    void awaitState(JobId id, JobState state) {
        await().atMost(PATIENCE).until(() -> store.inspector().find(id).block().state() == state);
    }

    static String tag(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }
}
