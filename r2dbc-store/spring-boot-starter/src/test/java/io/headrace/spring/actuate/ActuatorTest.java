package io.headrace.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.Http;
import io.headrace.spring.TestApp;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Health, the endpoint, and what Prometheus scrapes, over HTTP. */
@Tag("slow")
class ActuatorTest {

    private static final Logger log = LoggerFactory.getLogger(ActuatorTest.class);
    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final JobType<String> PRESS = JobType.of("press", String.class);

    @Component
    static class Mill {
        final AtomicBoolean broken = new AtomicBoolean();

        @HandlesJob("grind")
        Mono<JobOutcome> grind(String sack) {
            return Mono.just(broken.get() ? JobOutcome.fail("no stones") : JobOutcome.complete());
        }

        @HandlesJob("press")
        Mono<Void> press(String olive) {
            return Mono.empty();
        }
    }

    private static TestApp app() {
        return TestApp.of(Mill.class)
                .with("server.port", "0")
                .with("headrace.observe.depth-interval", "50ms")
                .with("management.endpoint.health.show-details", "always");
    }

    private static TestApp exposed() {
        return app().with("management.endpoints.web.exposure.include", "health,headrace,prometheus")
                .start(WebApplicationType.REACTIVE);
    }

    private static JobId enqueue(TestApp app, String sack) {
        return enqueue(app, GRIND.job(sack));
    }

    private static JobId enqueue(TestApp app, NewJob<String> job) {
        return app.client().enqueue(job).block(TestApp.PATIENCE).id();
    }

    private static void awaitState(TestApp app, JobId id, JobState state) {
        await().atMost(TestApp.PATIENCE)
                .until(() -> app.client().find(id).block(TestApp.PATIENCE).state() == state);
    }

    /** Seen in the log, so that the documentation shows what was seen. */
    private static JsonNode show(String request, Http.Answer answer) {
        log.info("{}\n{}", request, answer.json().toPrettyString());
        return answer.json();
    }

    @Test
    void aSchemaThatDoesNotFitIsDown() {
        try (TestApp app = exposed()) {
            app.execute("UPDATE %s.schema_version SET generation = 99");

            Http.Answer answer = new Http(app).get("/actuator/health");

            JsonNode headrace = show("GET /actuator/health", answer).at("/components/headrace");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(headrace.path("status").asString()).isEqualTo("DOWN");
            assertThat(headrace.at("/details/problem").asString()).contains("generation 99");
            app.execute("UPDATE %s.schema_version SET generation = 1");
        }
    }

    @Test
    void theEndpointShowsQueuesWorkersAndCounts() {
        try (TestApp app = exposed()) {
            awaitState(app, enqueue(app, "rye"), JobState.COMPLETED);
            app.client()
                    .enqueue(GRIND.job("oats").delay(java.time.Duration.ofHours(1)))
                    .block(TestApp.PATIENCE);

            JsonNode seen = show("GET /actuator/headrace", new Http(app).get("/actuator/headrace"));

            assertThat(seen.at("/queues/0/queue").asString()).isEqualTo("default");
            assertThat(seen.at("/queues/0/scheduled").asInt()).isEqualTo(1);
            assertThat(seen.at("/queues/0/paused").asBoolean(true)).isFalse();
            assertThat(seen.path("workers")).hasSize(1);
            assertThat(seen.at("/totals/0/completed").asInt()).isEqualTo(1);
        }
    }

    @Test
    void nothingButHealthIsExposedByDefault() {
        try (TestApp app = app().start(WebApplicationType.REACTIVE)) {
            Http http = new Http(app);

            assertThat(http.get("/actuator/headrace").status()).isEqualTo(404);
            assertThat(http.post("/actuator/headrace/pause", "{\"queue\":\"default\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(http.get("/actuator/health").status()).isEqualTo(200);
        }
    }

    /** Those that leave it as it was. Another one that ends meanwhile would take the event loops of both with it. */
    @Nested
    class OnOneApplication {

        private static TestApp app;

        @BeforeAll
        static void start() {
            app = exposed();
        }

        @AfterAll
        static void close() {
            app.close();
        }

        @Test
        void healthTellsOfSchemaWakeUpsAndHeartbeat() {
            Http http = new Http(app);
            await().atMost(TestApp.PATIENCE)
                    .until(() -> http.get("/actuator/health")
                            .json()
                            .at("/components/headrace/details/wakeUps")
                            .asString()
                            .equals("HEARD"));

            JsonNode health = show("GET /actuator/health", http.get("/actuator/health"));
            JsonNode headrace = health.at("/components/headrace");
            assertThat(headrace.path("status").asString()).isEqualTo("UP");
            assertThat(headrace.at("/details/schema").asString()).startsWith("V");
            assertThat(headrace.at("/details/engine").asString()).isEqualTo("RUNNING");
            assertThat(headrace.at("/details/sinceHeartbeat").asString()).startsWith("PT");
            assertThat(headrace.at("/details/leased/default").asInt(-1)).isZero();
        }

        @Test
        void aQueueIsPausedAndResumed() {
            Http http = new Http(app);
            JsonNode paused = show(
                    "POST /actuator/headrace/pause", http.post("/actuator/headrace/pause", "{\"queue\":\"default\"}"));
            assertThat(paused.path("paused").asBoolean()).isTrue();
            JobId id = enqueue(app, "rye");
            assertThat(http.get("/actuator/headrace")
                            .json()
                            .at("/queues/0/paused")
                            .asBoolean())
                    .isTrue();
            assertThat(app.client().find(id).block(TestApp.PATIENCE).state()).isEqualTo(JobState.PENDING);

            show("POST /actuator/headrace/resume", http.post("/actuator/headrace/resume", "{\"queue\":\"default\"}"));

            awaitState(app, id, JobState.COMPLETED);
            assertThat(app.operator().decisions(null, 2).collectList().block(TestApp.PATIENCE))
                    .extracting(decision -> decision.actor() + ": " + decision.action() + " " + decision.subject())
                    .containsExactly("actuator: resume queue default", "actuator: pause queue default");
        }

        @Test
        void failedJobsAreRetriedByKindOrIdAndDiscarded() {
            Http http = new Http(app);
            Mill mill = app.bean(Mill.class);
            mill.broken.set(true);
            JobId first = enqueue(app, "rye");
            JobId second = enqueue(app, "oats");
            awaitState(app, first, JobState.FAILED);
            awaitState(app, second, JobState.FAILED);
            mill.broken.set(false);

            JsonNode one = show(
                    "POST /actuator/headrace/retry",
                    http.post("/actuator/headrace/retry", "{\"ids\":\"" + first + "\"}"));
            assertThat(one.path("retried").asInt()).as(one.toString()).isEqualTo(1);
            awaitState(app, first, JobState.COMPLETED);
            JsonNode rest = show(
                    "POST /actuator/headrace/discard", http.post("/actuator/headrace/discard", "{\"kind\":\"grind\"}"));
            assertThat(rest.path("discarded").asInt()).isEqualTo(1);
            awaitState(app, second, JobState.DISCARDED);
        }

        @Test
        void failedJobsAreSelectedByFingerprint() {
            Mill mill = app.bean(Mill.class);
            Http http = new Http(app);
            mill.broken.set(true);
            JobId job = enqueue(app, "rye");
            awaitState(app, job, JobState.FAILED);
            mill.broken.set(false);
            String fingerprint = app.client()
                    .find(job)
                    .block(TestApp.PATIENCE)
                    .failures()
                    .get(0)
                    .fingerprint();

            assertThat(http.post("/actuator/headrace/retry", "{\"fingerprint\":\"fedcba9876543210\"}")
                            .body())
                    .contains("\"matched\":0");
            assertThat(http.post("/actuator/headrace/retry", "{\"fingerprint\":\"" + fingerprint + "\"}")
                            .body())
                    .contains("\"retried\":1");
            awaitState(app, job, JobState.COMPLETED);
        }

        @Test
        void whatIsNotClearIsRefused() {
            Http http = new Http(app);

            assertThat(http.post("/actuator/headrace/retry", "{}").status()).isEqualTo(400);
            assertThat(http.post("/actuator/headrace/retry", "{\"kind\":\"grind\",\"queue\":\"default\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(http.post("/actuator/headrace/retry", "{\"ids\":\"nonsense\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(http.post("/actuator/headrace/pause", "{}").status()).isEqualTo(400);
            assertThat(http.post("/actuator/headrace/burn", "{\"queue\":\"default\"}")
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void prometheusScrapesTheMetersOfEngineClientAndPools() {
            awaitState(app, enqueue(app, PRESS.job("olives")), JobState.COMPLETED);
            Http http = new Http(app);
            await().atMost(TestApp.PATIENCE)
                    .until(() -> http.get("/actuator/prometheus").body().contains("headrace_queue_due_jobs{"));

            assertThat(http.get("/actuator/prometheus").body())
                    .contains("headrace_jobs_enqueued_total{created=\"true\",kind=\"press\",queue=\"default\"} 1.0")
                    .contains("headrace_jobs_settled_total{kind=\"press\",outcome=\"completed\",queue=\"default\"} 1.0")
                    .contains("headrace_pool_acquired_connections{pool=\"work\"}")
                    .contains("headrace_pool_max_connections{pool=\"upkeep\"} 2.0")
                    .contains("headrace_heartbeat_age_seconds");
        }
    }
}
