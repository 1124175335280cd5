package io.headrace.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobBatch;
import io.headrace.JobClient;
import io.headrace.JobType;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.Http;
import io.headrace.spring.TestApp;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** One trace from a request, through a transaction that enqueues, to the handler, as OpenTelemetry exports it. */
class TraceTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    @Configuration(proxyBeanMethods = false)
    static class Exporter {
        @Bean
        InMemorySpanExporter spans() {
            return InMemorySpanExporter.create();
        }
    }

    private static final JobType<String> SIFT = JobType.of("sift", String.class);

    @RestController
    static class Mill {
        private final JobClient jobs;
        private final Map<String, String> logged = new ConcurrentHashMap<>();

        Mill(JobClient jobs) {
            this.jobs = jobs;
        }

        /** By a method: the bean is a proxy. */
        public Map<String, String> logged() {
            return logged;
        }

        @Transactional
        @PostMapping("/sacks")
        public Mono<String> accept() {
            return jobs.enqueue(GRIND.job("rye")).map(enqueued -> enqueued.id().toString());
        }

        @HandlesJob("grind")
        public Mono<Void> grind(String sack) {
            return Mono.fromRunnable(() -> logged.putAll(MDC.getCopyOfContextMap()));
        }
    }

    @Component
    static class Sieve {
        @HandlesJob("sift")
        Mono<Void> sift(JobBatch<String> sacks) {
            return Mono.empty();
        }
    }

    @Test
    void theSpanOfABatchIsLinked() {
        try (TestApp app = TestApp.of(Exporter.class, Sieve.class)
                .with("management.tracing.sampling.probability", "1.0")
                .start()) {
            app.client().enqueue(SIFT.job("rye")).block(TestApp.PATIENCE);
            await().atMost(TestApp.PATIENCE).until(() -> finished(app).size() >= 2);

            SpanData enqueue = named(finished(app), "enqueue sift");
            SpanData run = named(finished(app), "run batch sift");
            assertThat(run.getLinks())
                    .singleElement()
                    .satisfies(link ->
                            assertThat(link.getSpanContext().getSpanId()).isEqualTo(enqueue.getSpanId()));
        }
    }

    private static SpanData named(List<SpanData> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span '" + name + "' among " + spans));
    }

    private static List<SpanData> finished(TestApp app) {
        app.bean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
        return app.bean(InMemorySpanExporter.class).getFinishedSpanItems();
    }

    @Test
    void requestEnqueueAndHandlerAreOneTrace() {
        try (TestApp app = TestApp.of(Exporter.class, Mill.class)
                .with("server.port", "0")
                .with("management.tracing.sampling.probability", "1.0")
                .with("spring.reactor.context-propagation", "auto")
                .start(WebApplicationType.REACTIVE)) {
            Http.Answer answer = new Http(app).post("/sacks", "{}");
            assertThat(answer.status()).isEqualTo(200);
            await().atMost(TestApp.PATIENCE).until(() -> finished(app).size() >= 3);

            List<SpanData> spans = finished(app);
            SpanData request = named(spans, "http post /sacks");
            SpanData enqueue = named(spans, "enqueue grind");
            SpanData run = named(spans, "run grind");
            assertThat(List.of(enqueue, run)).extracting(SpanData::getTraceId).containsOnly(request.getTraceId());
            assertThat(enqueue.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(run.getParentSpanId()).isEqualTo(enqueue.getSpanId());
            assertThat(app.bean(Mill.class).logged())
                    .containsEntry("traceId", request.getTraceId())
                    .containsEntry("headrace.job", answer.body());
        }
    }
}
