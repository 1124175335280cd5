package io.headrace.micrometer;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.schedule.Every;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobStore;
import io.headrace.spi.PoolUse;
import io.headrace.testkit.InMemoryJobStore;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Every metric and label that the dashboard asks for is in what Prometheus scrapes from an engine that has run jobs. */
class DashboardTest {

    private static final Duration PATIENCE = ofSeconds(20);
    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final JobType<String> SIFT = JobType.of("sift", String.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InMemoryJobStore store = InMemoryJobStore.create();

    private String scrapeAfterSomeJobs() {
        JobEngine engine = JobEngine.builder(withPool(store))
                .observer(JobMeters.of(registry, Tags.empty(), ofMillis(20)))
                .subscribe(JobHandler.<String>of(
                                GRIND,
                                job -> job.payload().equals("torn")
                                        ? Mono.error(new IllegalStateException("torn"))
                                        : job.step("stone", () -> Mono.empty()))
                        .retry(RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofMillis(1)))))
                .subscribe(JobHandler.batch(SIFT, b -> b.wait(ofMillis(0)), batch -> Mono.empty()))
                .schedule("milling", Every.of(ofHours(1)), GRIND.job("rye"))
                .build();
        engine.start().block(PATIENCE);
        try {
            engine.client()
                    .enqueueAll(List.of(GRIND.job("rye"), GRIND.job("torn"), GRIND.job("oats"), SIFT.job("rye")))
                    .block(PATIENCE);
            engine.operator().schedules().runNow("milling").block(PATIENCE);
            await().atMost(PATIENCE)
                    .until(() -> registry.scrape().contains("headrace_queue_failed_jobs{queue=\"default\"} 1.0")
                            && registry.scrape().contains("headrace_steps_run_seconds_count")
                            && registry.scrape().contains("headrace_batch_run_seconds_count"));
            return registry.scrape();
        } finally {
            engine.stop().block(PATIENCE);
            assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
        }
    }

    /** The store in memory has no connections. */
    private static JobStore withPool(JobStore store) {
        JobInspector inspector =
                proxy(JobInspector.class, store.inspector(), "pools", List.of(new PoolUse("work", 1, 2, 0, 6)));
        return proxy(JobStore.class, store, "inspector", inspector);
    }

    private static <T> T proxy(Class<T> type, T target, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            if (called.getName().equals(method)) {
                return answer;
            }
            try {
                return called.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static DashboardQueries dashboard() {
        return new DashboardQueries(JsonMapper.shared()
                .readTree(Path.of("../../docs/grafana-dashboard.json").toFile()));
    }

    @Test
    void asksForWhatThereIs() {
        ScrapedMetrics scraped = ScrapedMetrics.of(scrapeAfterSomeJobs());
        DashboardQueries queries = dashboard();

        assertThat(scraped.names()).containsAll(queries.metrics());
        assertThat(queries.labels())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(scraped.has(asked.metric(), asked.label(), asked.value()))
                        .as("%s{%s=%s}", asked.metric(), asked.label(), asked.value())
                        .isTrue());
    }

    @Test
    void leavesNoMeterOut() {
        Set<String> unasked =
                new TreeSet<>(ScrapedMetrics.of(scrapeAfterSomeJobs()).names());
        unasked.removeAll(dashboard().metrics());

        assertThat(unasked).isEmpty();
    }
}
