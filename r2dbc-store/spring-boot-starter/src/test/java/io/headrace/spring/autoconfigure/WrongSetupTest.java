package io.headrace.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.postgres.TestServer;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.JobEngineCustomizer;
import io.headrace.spring.TestApp;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Applications that cannot start, and what their developers read. */
@Tag("slow")
class WrongSetupTest {

    private static final String EXCLUDE = "spring.autoconfigure.exclude";

    /** What is wrong, and what to do, as one text. */
    static String reading(TestApp app) {
        try (app) {
            assertThat(catchThrowable(app::start)).as("it starts").isNotNull();
            FailureAnalysis report = KeptReport.take();
            assertThat(report).as("nobody has explained it").isNotNull();
            return report.getDescription() + "\n" + report.getAction();
        }
    }

    @Component
    static class Milling {
        @HandlesJob("grind")
        Mono<Void> grind(String grain) {
            return Mono.empty();
        }
    }

    @Test
    void noDatabaseUrl() {
        assertThat(reading(TestApp.of().without("spring.r2dbc.url")))
                .contains("no database is configured")
                .contains("spring.r2dbc.url")
                .doesNotContain("H2");
    }

    @Test
    void noConnectionFactory() {
        assertThat(reading(TestApp.of().with(EXCLUDE, R2dbcAutoConfiguration.class.getName())))
                .contains("there is no ConnectionFactory bean")
                .contains("spring.r2dbc.url");
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {
        @Bean
        ConnectionFactory orders() {
            return TestServer.newest().connectionFactory();
        }

        @Bean
        ConnectionFactory billing() {
            return TestServer.newest().connectionFactory();
        }
    }

    @Test
    void severalConnectionFactories() {
        assertThat(reading(TestApp.of(TwoDatabases.class)))
                .contains("2 ConnectionFactory beans (orders, billing)")
                .contains("@HeadraceConnectionFactory")
                .contains("@Primary");
    }

    @Configuration(proxyBeanMethods = false)
    static class AnotherDatabase {
        @Bean
        ConnectionFactory orders() {
            return new ConnectionFactory() {
                @Override
                public Publisher<? extends Connection> create() {
                    return Mono.error(new UnsupportedOperationException());
                }

                @Override
                public ConnectionFactoryMetadata getMetadata() {
                    return () -> "H2";
                }
            };
        }
    }

    @Test
    void notPostgres() {
        assertThat(reading(TestApp.of(AnotherDatabase.class)))
                .contains(
                        "stores its jobs in PostgreSQL", "AnotherDatabase", "is neither r2dbc-postgresql's connection")
                .contains("r2dbc:postgresql:");
    }

    @Configuration(proxyBeanMethods = false)
    static class MadeByHand {
        @Bean
        ConnectionFactory orders() {
            return TestServer.newest().connectionFactory();
        }
    }

    @Test
    void aConnectionFactoryThatDoesNotTellWhereItLeads() {
        assertThat(reading(TestApp.of(MadeByHand.class).without("spring.r2dbc.url")))
                .contains("over JDBC, but cannot determine the JDBC URL")
                .contains("headrace.migration.url", "headrace.migrate=validate");
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondMill {
        @Bean
        JobHandler<String> windmill() {
            return JobHandler.of(JobType.of("grind", String.class), job -> Mono.empty());
        }
    }

    @Test
    void twoHandlersOfAKind() {
        assertThat(reading(TestApp.of(Milling.class, SecondMill.class)))
                .contains("Jobs of kind 'grind' have two handlers")
                .contains("Milling.grind of bean '", "bean 'windmill'");
    }

    @Test
    void schemaMissing() {
        TestApp app = TestApp.of(Milling.class).with("headrace.migrate", "validate");
        assertThat(reading(app))
                .contains("Schema '" + app.schema() + "'", "is missing or older")
                .contains("headrace.migrate=on-start", "headrace.store.schema");
    }

    @Test
    void schemaMissingAndNobodyLooksBeforeTheEngineStarts() {
        assertThat(reading(TestApp.of(Milling.class).with("headrace.migrate", "off")))
                .contains("is missing or older")
                .contains("headrace.migrate=on-start");
    }

    @Test
    void schemaOlder() {
        TestApp app = TestApp.of().with("headrace.migrate", "validate").migrated();
        app.execute("DELETE FROM %s.schema_version WHERE migration = 'V1__core'");
        assertThat(reading(app)).contains("is older", "lacks [V1__core]").contains("headrace.migrate=on-start");
    }

    @Test
    void schemaNewer() {
        TestApp app = TestApp.of().migrated();
        app.execute("INSERT INTO %s.schema_version (migration, generation) VALUES ('V99__contract', 2)");
        assertThat(reading(app))
                .contains("has generation 2, but this version of Headrace supports 1")
                .contains("Deploy that version");
    }

    @Test
    void migrationWithoutRights() {
        TestApp app = TestApp.of();
        String role = app.schema() + "_app";
        app.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret'");
        try {
            assertThat(reading(app.with("spring.r2dbc.url", app.url(role, "secret"))))
                    .contains("permission denied for database")
                    .contains("headrace.migration.username", "headrace.migrate=validate");
        } finally {
            app.execute("DROP ROLE " + role);
        }
    }

    @Test
    void noSuchDatabase() {
        TestApp app = TestApp.of();
        assertThat(reading(app.with("spring.r2dbc.url", app.url() + "_of_nobody")))
                .contains("_of_nobody\" does not exist")
                .contains("Create the database");
    }

    @Test
    void noServer() {
        assertThat(reading(TestApp.of().with("spring.r2dbc.url", "r2dbc:postgresql://postgres@localhost:1/postgres")))
                .contains("localhost:1")
                .contains("Check that the server is running");
    }

    @Test
    void poolTooSmall() {
        assertThat(reading(TestApp.of().with("headrace.store.max-connections", "3")))
                .contains("headrace.store.max-connections", "3")
                .contains("must be 5 or more: 2 are reserved for heartbeats and sweeps");
    }

    @Test
    void wrongValuesAreNamedAllAtOnce() {
        assertThat(reading(TestApp.of()
                        .with("headrace.store.schema", "Head-Race")
                        .with("headrace.migration.url", "postgres://localhost/app")
                        .with("headrace.client.max-payload", "1GB")
                        .with("headrace.client.max-waiting-jobs", "0")
                        .with("headrace.engine.name", " ")
                        .with("headrace.engine.version", " ")
                        .with("headrace.engine.worker-expiry", "15s")
                        .with("headrace.engine.sweep-interval", "0s")
                        .with("headrace.engine.payload-budget", "100KB")
                        .with("headrace.engine.retry.max-attempts", "0")
                        .with("headrace.engine.retry.factor", "0.5")
                        .with("headrace.engine.retry.jitter", "2")
                        .with("headrace.observe.depth-interval", "-1s")
                        .with("headrace.console.path", "headrace/")
                        .with("headrace.queues.mail-out.concurrency", "0")
                        .with("headrace.queues.mail-out.poll-interval", "-1s")))
                .contains("headrace.store.schema", "1 to 63 characters of a-z")
                .contains("headrace.migration.url", "must be a PostgreSQL JDBC URL")
                .contains("headrace.client.max-payload", "must be 1B to 256MB")
                .contains("headrace.client.max-waiting-jobs")
                .contains("headrace.engine.name")
                .contains("headrace.engine.version", "must have 1 to 100 characters")
                .contains("headrace.engine.worker-expiry", "two heartbeat intervals")
                .contains("headrace.engine.sweep-interval")
                .contains("headrace.engine.payload-budget", "must be 1MB or more")
                .contains("headrace.engine.retry.max-attempts", "must be 1 to 1000")
                .contains("headrace.engine.retry.factor")
                .contains("headrace.engine.retry.jitter")
                .contains("headrace.observe.depth-interval", "0s disables it")
                .contains("headrace.console.path", "must start with a slash")
                .contains("headrace.queues[mail-out].concurrency", "must be 1 to 10000")
                .contains("headrace.queues[mail-out].poll-interval");
    }

    @Test
    void aDefaultThatNoLongerFits() {
        assertThat(reading(TestApp.of().with("headrace.engine.heartbeat-interval", "20s")))
                .contains(
                        "headrace.engine.worker-expiry",
                        "must be at least two heartbeat intervals (headrace.engine.heartbeat-interval is 20000ms)");
    }

    @Test
    void aPropertyThatThereIsNot() {
        assertThat(reading(TestApp.of().with("headrace.queues.default.concurency", "8")))
                .contains("Unknown Headrace property", "headrace.queues.default.concurency (set to '8', by ")
                .contains("Correct its name");
        assertThat(reading(TestApp.of().with("headrace.engine.heart-rate-interval", "5s")))
                .contains("headrace.engine.heart-rate-interval");
    }

    @Test
    void aQueueWithoutEnd() {
        assertThat(reading(TestApp.of().with("headrace.queues[" + "q".repeat(101) + "].concurrency", "8")))
                .contains("headrace.queues", "qqq', which must have 1 to 100 characters");
    }

    @Test
    void aValueThatIsNoneOfThem() {
        assertThat(reading(TestApp.of().with("headrace.migrate", "sometimes")))
                .contains("headrace.migrate", "sometimes")
                .contains("ON_START", "VALIDATE", "OFF");
    }

    @Configuration(proxyBeanMethods = false)
    static class Careless {
        @Bean
        JobEngineCustomizer silent() {
            return engine -> engine.name("");
        }
    }

    @Test
    void aCustomizerThatSetsWhatCannotBe() {
        assertThat(reading(TestApp.of(Milling.class, Careless.class)))
                .contains("name: must have 1 to 100 characters")
                .contains("JobEngineCustomizer");
    }
}
