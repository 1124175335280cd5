package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidSettingException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.StoreException;
import io.headrace.postgres.upkeep.SchemaVersion;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class MigrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static PostgresMigrations migrations(TestServer server, String schema) {
        return PostgresMigrations.of(server.jdbcUrl(), server.user(), server.password())
                .schema(schema);
    }

    @OnEachServer
    void flywayAndThePlainSqlMakeTheSameSchema(TestServer server) {
        TestSchema plain = new TestSchema(server);
        String name = plain.name() + "_flyway";
        try {
            assertThat(migrations(server, name).pending())
                    .containsExactlyElementsOf(SchemaVersion.MIGRATIONS.stream()
                            .map(script -> script + ".sql")
                            .toList());
            migrations(server, name).migrate();
            assertThat(migrations(server, name).pending()).isEmpty();
            migrations(server, name).migrate();
            assertThat(migrated(plain, name)).isEqualTo(SchemaVersion.MIGRATIONS.size());

            assertThat(plain.number(
                            "SELECT count(*) FROM information_schema.columns WHERE table_schema = '" + name + "'"))
                    .isGreaterThan(50);
            assertThat(columnsMissing(plain, name, plain.name())).isZero();
            assertThat(columnsMissing(plain, plain.name(), name)).isZero();
        } finally {
            plain.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
            plain.close();
        }
    }

    /** How many migrations were run, the making of the schema aside. */
    private static long migrated(TestSchema server, String name) {
        return server.number("SELECT count(*) FROM " + name + ".headrace_migration WHERE type = 'SQL' AND success");
    }

    private static long columnsMissing(TestSchema server, String in, String thatAreIn) {
        String columns = "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
                + " WHERE table_name <> 'headrace_migration' AND table_schema = ";
        return server.number("SELECT count(*) FROM (" + columns + "'" + thatAreIn + "' EXCEPT " + columns + "'" + in
                + "') AS missing");
    }

    @OnEachServer
    void severalProcessesMayMigrateAtOnce(TestServer server) throws Exception {
        TestSchema other = new TestSchema(server);
        String name = other.name() + "_at_once";
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> migrate = () -> {
                migrations(server, name).migrate();
                return true;
            };
            for (Future<Boolean> each : threads.invokeAll(List.of(migrate, migrate, migrate, migrate))) {
                assertThat(each.get()).isTrue();
            }
            assertThat(migrated(other, name)).isEqualTo(SchemaVersion.MIGRATIONS.size());
        } finally {
            threads.shutdown();
            other.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
            other.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Head", "head-race", "head\"race", "1head", "a; DROP TABLE b"})
    void aSchemaNameThatWouldNeedQuotesIsRefused(String name) {
        TestServer server = TestServer.newest();
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> migrations(server, name))
                .satisfies(e -> assertThat(e.setting()).isEqualTo("schema"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() ->
                        PostgresJobStore.builder(server.connectionFactory()).schema(name));
        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> PostgresMigrations.plainSql(name));
    }

    @OnEachServer
    void aSchemaThatIsNotThereIsSaidSoAndNothingRuns(TestServer server) {
        PostgresJobStore store = PostgresJobStore.builder(server.connectionFactory())
                .schema("nowhere")
                .build();
        JobType<String> type = JobType.of("grind", String.class);
        try {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> JobEngine.builder(store).build().start().block(PATIENCE))
                    .withMessageContaining("Run PostgresMigrations")
                    .satisfies(e -> assertThat(e.isPassing()).isFalse());
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(
                            () -> JobClient.create(store).enqueue(type.job("x")).block(PATIENCE))
                    .withMessageContaining("Run PostgresMigrations");
        } finally {
            store.close().block(PATIENCE);
        }
    }

    @OnEachServer
    void anOlderSchemaIsRefusedNamingWhatItLacks(TestServer server) {
        TestSchema schema = new TestSchema(server);
        try {
            schema.execute("DELETE FROM " + schema.name() + ".schema_version WHERE migration = 'V1__core'");

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> startAndStop(schema))
                    .withMessageContaining("lacks [V1__core]")
                    .withMessageContaining("Run PostgresMigrations")
                    .satisfies(e -> assertThat(e.isPassing()).isFalse());
            assertThat(schema.number("SELECT count(*) FROM %s.worker")).isZero();
        } finally {
            schema.close();
        }
    }

    @OnEachServer
    void aNewerSchemaOfTheSameGenerationWorksAndOneOfTheNextDoesNot(TestServer server) {
        TestSchema schema = new TestSchema(server);
        String add = "INSERT INTO " + schema.name() + ".schema_version (migration, generation) VALUES ";
        try {
            schema.execute(add + "('V98__expand', 1)");
            schema.execute("ALTER TABLE " + schema.name() + ".job ADD COLUMN later text");
            schema.execute("ALTER TABLE " + schema.name() + ".pending ADD COLUMN later integer NOT NULL DEFAULT 7");
            startAndStop(schema);

            schema.execute(add + "('V99__contract', 2)");
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> startAndStop(schema))
                    .withMessageContaining("has generation 2, but this version of Headrace supports 1");
        } finally {
            schema.close();
        }
    }

    private static void startAndStop(TestSchema schema) {
        JobType<String> type = JobType.of("grind", String.class);
        Sinks.Empty<Void> handled = Sinks.empty();
        JobEngine engine = JobEngine.builder(schema.store())
                .subscribe(type, job -> Mono.fromRunnable(handled::tryEmitEmpty))
                .build();
        engine.start().block(PATIENCE);
        engine.client().enqueue(type.job("rye")).block(PATIENCE);
        handled.asMono().block(PATIENCE);
        engine.stop().block(PATIENCE);
        assertThat(engine.operator().audit().block(PATIENCE)).hasToString("ok");
    }

    @OnEachServer
    void theOptionsOfAConnectionFactoryServeAsWell(TestServer server) {
        TestSchema other = new TestSchema(server);
        String name = other.name() + "_options";
        try {
            ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
                    .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                    .option(ConnectionFactoryOptions.HOST, server.host())
                    .option(ConnectionFactoryOptions.PORT, server.port())
                    .option(ConnectionFactoryOptions.USER, server.user())
                    .option(ConnectionFactoryOptions.PASSWORD, server.password())
                    .option(ConnectionFactoryOptions.DATABASE, server.database())
                    .build();
            PostgresMigrations.of(options).schema(name).migrate();
            assertThat(migrated(other, name)).isEqualTo(SchemaVersion.MIGRATIONS.size());
        } finally {
            other.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
            other.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "database", "user"})
    void anOptionThatIsMissingIsNamed(String missing) {
        ConnectionFactoryOptions.Builder options = ConnectionFactoryOptions.builder();
        if (!missing.equals("host")) {
            options.option(ConnectionFactoryOptions.HOST, "localhost");
        }
        if (!missing.equals("database")) {
            options.option(ConnectionFactoryOptions.DATABASE, "postgres");
        }
        if (!missing.equals("user")) {
            options.option(ConnectionFactoryOptions.USER, "postgres");
        }
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> PostgresMigrations.of(options.build()))
                .satisfies(e -> assertThat(e.setting()).isEqualTo(missing));
    }

    @OnEachServer
    void aDatabaseThatCannotBeReachedIsOneReadableError(TestServer server) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> PostgresMigrations.of(
                                "jdbc:postgresql://localhost:1/" + server.database(), server.user(), server.password())
                        .migrate())
                .withMessageContaining("migrating schema 'headrace' failed");
    }
}
