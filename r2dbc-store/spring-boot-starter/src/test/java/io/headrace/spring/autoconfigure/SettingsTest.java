package io.headrace.spring.autoconfigure;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.JobHandler;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.PayloadUnreadableException;
import io.headrace.QueueSettings;
import io.headrace.RetryPolicy;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.JobEngineCustomizer;
import io.headrace.spring.QueueCustomizer;
import io.headrace.spring.RetryPolicyCustomizer;
import io.headrace.spring.TestApp;
import io.headrace.spring.handler.HandlerBeans;
import io.headrace.spring.handler.HandlerDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What the properties and the customizing beans say is what happens. */
@Tag("slow")
class SettingsTest {

    @Component
    static class Mill {
        @HandlesJob("plain")
        Mono<Void> plain(String grain) {
            return Mono.error(new IllegalStateException("stuck"));
        }

        @HandlesJob(value = "own", maxAttempts = "${mill.attempts}", timeout = "${mill.patience}")
        Mono<Void> own(String grain) {
            return Mono.empty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        static final Map<String, QueueSettings> QUEUES = new ConcurrentHashMap<>();
        static final Map<String, RetryPolicy> POLICIES = new ConcurrentHashMap<>();

        @Bean
        JobHandler<String> handler() {
            return JobHandler.of(JobType.of("bean", String.class), job -> Mono.empty())
                    .retry(RetryPolicy.never());
        }

        @Bean
        JobType<String> handledElsewhere() {
            return JobType.of("elsewhere", String.class);
        }

        @Bean
        JobEngineCustomizer named() {
            return engine -> engine.name("the mill");
        }

        @Bean
        QueueCustomizer noted() {
            return (queue, settings) -> {
                QUEUES.put(queue, settings);
                return settings;
            };
        }

        @Bean
        RetryPolicyCustomizer pickier() {
            return (kind, policy) -> {
                POLICIES.put(kind, policy);
                return kind.equals("plain") ? policy.failAtOnce(IllegalStateException.class) : policy;
            };
        }
    }

    private static TestApp app() {
        return TestApp.of(Mill.class, Beans.class)
                .with("mill.attempts", "7")
                .with("mill.patience", "5m")
                .with("headrace.engine.retry.max-attempts", "3")
                .with("headrace.engine.retry.first", "2s")
                .with("headrace.engine.retry.factor", "3")
                .with("headrace.engine.retry.cap", "1h")
                .with("headrace.engine.name", "overruled")
                .with("headrace.engine.version", "1.4.2")
                .with("headrace.queues.default.concurrency", "8")
                .with("headrace.queues.mail-out.concurrency", "2")
                .with("headrace.queues.mail-out.prefetch", "0")
                .with("headrace.queues.mail-out.poll-interval", "5s");
    }

    record Sack(int pounds) {}

    static class Scales {
        @HandlesJob("weigh")
        Mono<Void> weigh(Sack sack) {
            return Mono.empty();
        }
    }

    @Test
    void aStrictPayloadFailsTheJobAndNamesWhatIsUnknown() {
        try (TestApp app =
                TestApp.of(Scales.class).with("headrace.payload.strict", "true").start()) {
            var enqueued = app.client()
                    .enqueue(JobType.of("weigh", Map.class).job(Map.of("pounds", 3, "stones", 7)))
                    .block(PATIENCE);

            var outcome = app.client().await(enqueued.id()).block(PATIENCE);

            assertThat(outcome.state()).isEqualTo(JobState.FAILED);
            assertThat(outcome.failure().errorType()).isEqualTo(PayloadUnreadableException.class.getName());
            assertThat(outcome.failure().message()).contains("kind 'weigh'", "\"stones\"");
        }
    }

    @Test
    void propertiesThenAnnotationsThenCustomizers() {
        try (TestApp app = app().start()) {
            assertThat(Beans.QUEUES)
                    .containsOnly(
                            Map.entry("default", new QueueSettings(8, 8, null)),
                            Map.entry("mail-out", new QueueSettings(2, 0, Duration.ofSeconds(5))));
            assertThat(Beans.POLICIES.get("plain").maxAttempts()).isEqualTo(3);
            assertThat(Beans.POLICIES.get("own").maxAttempts()).isEqualTo(7);
            assertThat(Beans.POLICIES.get("bean").maxAttempts())
                    .as("what a bean says itself")
                    .isOne();
            assertThat(List.of(1, 2, 3))
                    .map(Beans.POLICIES.get("own").backoff()::delay)
                    .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(18));
            assertThat(app.number("SELECT count(*) FROM %s.worker WHERE name = 'the mill'"
                            + " AND queues @> '{default,mail-out}'"))
                    .isOne();
            assertThat(app.number("SELECT count(*) FROM %s.engine_mark WHERE name = 'the mill' AND version = '1.4.2'"))
                    .isOne();

            var enqueued = app.client()
                    .enqueue(JobType.of("plain", String.class).job("rye"))
                    .block(PATIENCE);
            await().atMost(PATIENCE)
                    .until(() ->
                            app.client().find(enqueued.id()).block(PATIENCE).state() == JobState.FAILED);
            assertThat(app.client()
                            .enqueue(JobType.of("elsewhere", String.class).job("rye"))
                            .block(PATIENCE)
                            .created())
                    .as("a type that is a bean may be enqueued")
                    .isTrue();
        }
    }

    @Test
    void anAnnotationsTimeoutIsTheHandlers() {
        try (TestApp app = app().start()) {
            HandlerDefaults defaults = new HandlerDefaults(RetryPolicy.defaults(), List.of());
            assertThat(new HandlerBeans(app.context().getBeanFactory(), defaults)
                            .find().stream()
                                    .collect(
                                            Collectors.toMap(each -> each.type().kind(), JobHandler::timeout)))
                    .containsEntry("own", Duration.ofMinutes(5))
                    .containsEntry("plain", JobHandler.DEFAULT_TIMEOUT);
        }
    }

    @Test
    void whatIsNotSetIsAsInCore() {
        try (TestApp app = TestApp.of().start()) {
            HeadraceProperties properties = app.bean(HeadraceProperties.class);
            RetryPolicy policy =
                    new EngineAssembly(properties, null, null, null, null, null, null, null, null).policy();
            assertThat(policy.maxAttempts()).isEqualTo(RetryPolicy.DEFAULT_MAX_ATTEMPTS);
            assertThat(policy.backoff()).hasToString(Backoff.exponential().toString());
            assertThat(new QueueProperties(64, null, Duration.ofSeconds(1)).concurrency())
                    .isEqualTo(QueueSettings.DEFAULT_CONCURRENCY);
        }
    }

    @Test
    void aSchemaThatIsThereNeedsNoMigration() {
        for (String migrate : List.of("validate", "off")) {
            try (TestApp app = TestApp.of(Mill.class)
                    .with("mill.attempts", "1")
                    .with("mill.patience", "1s")
                    .migrated()
                    .with("headrace.migrate", migrate)
                    .start()) {
                assertThat(app.client()
                                .enqueue(JobType.of("own", String.class).job("rye"))
                                .block(PATIENCE)
                                .created())
                        .isTrue();
            }
        }
    }

    @Test
    void anotherUserMayMigrate() {
        TestApp app = TestApp.of(Mill.class).with("mill.attempts", "1").with("mill.patience", "1s");
        String role = app.schema() + "_owner";
        app.execute("CREATE ROLE " + role + " LOGIN SUPERUSER");
        try (app) {
            app.with("headrace.migration.username", role).start();

            assertThat(app.number("SELECT count(*) FROM pg_namespace WHERE nspname = '%s' AND nspowner = '" + role
                            + "'::regrole"))
                    .isOne();
        } finally {
            app.execute("DROP ROLE " + role);
        }
    }

    /** By the name of each property of ours, what editors know of it. */
    private static Map<String, Map<String, Object>> metadata() {
        Map<String, Map<String, Object>> known = new TreeMap<>();
        SettingsTest.class
                .getClassLoader()
                .resources("META-INF/spring-configuration-metadata.json")
                .map(SettingsTest::read)
                .forEach(each -> properties(each).forEach(property -> {
                    if (property.get("name").toString().startsWith("headrace.")) {
                        known.put(property.get("name").toString(), property);
                    }
                }));
        return known;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> properties(String metadata) {
        return (List<Map<String, Object>>)
                JsonParserFactory.getJsonParser().parseMap(metadata).getOrDefault("properties", List.of());
    }

    @Test
    void everyPropertyIsDescribedForEditors() {
        assertThat(metadata())
                .containsKeys(
                        "headrace.migrate",
                        "headrace.migration.url",
                        "headrace.store.max-connections",
                        "headrace.client.transactions",
                        "headrace.engine.retry.max-attempts",
                        "headrace.queues")
                .allSatisfy((name, property) ->
                        assertThat(property.get("description")).asString().matches("[A-Z].*\\."));
    }

    @Test
    void everyDefaultIsKnownToEditorsOrDescribed() {
        assertThat(metadata())
                .allSatisfy((name, property) -> assertThat(property)
                        .satisfiesAnyOf(
                                known -> assertThat(known).containsKey("defaultValue"),
                                known -> assertThat(known.get("description"))
                                        .asString()
                                        .contains("by default"),
                                known -> assertThat(name).isEqualTo("headrace.queues")));
    }

    private static String read(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
