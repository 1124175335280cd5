package pages;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.headrace.postgres.TestServer;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The programs of the pages that need a database do what the pages say. */
class DatabasePagesTest {

    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final Duration PATIENCE = ofSeconds(30);
    private static final TestServer SERVER = TestServer.newest();
    private static final String SCHEMA = "pages_" + ProcessHandle.current().pid();
    private static final ConnectionFactory DATABASE =
            new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                    .host(SERVER.host())
                    .port(SERVER.port())
                    .database(SERVER.database())
                    .username(SERVER.user())
                    .password(SERVER.password())
                    .schema(SCHEMA)
                    .build());

    private final PostgresJobStore store =
            PostgresJobStore.builder(DATABASE).schema(SCHEMA).build();

    @BeforeAll
    static void makeTables() throws SQLException {
        execute(PostgresMigrations.plainSql(SCHEMA));
        execute(
                "SET search_path = " + SCHEMA + "; CREATE TABLE member (name text PRIMARY KEY);"
                        + " CREATE TABLE account (name text PRIMARY KEY, balance bigint NOT NULL);"
                        + " CREATE TABLE entry (job bigint PRIMARY KEY, account text NOT NULL, cents bigint NOT NULL);"
                        + " CREATE TABLE parcel (id bigint PRIMARY KEY, state text NOT NULL, shipments int NOT NULL DEFAULT 0)");
    }

    @AfterAll
    static void dropTables() throws SQLException {
        execute("DROP SCHEMA " + SCHEMA + " CASCADE");
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
        store.close().block(PATIENCE);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = SERVER.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = SERVER.jdbc();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(String.format(sql, SCHEMA))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unique-keys", "pausing", "retention", "schedules", "bulk", "rights", "payload-transforms"})
    void theQueriesOfAPageRun(String page) throws IOException, SQLException {
        List<String> queries = SQL.matcher(Files.readString(Path.of("..", "..", "docs", page + ".md")))
                .results()
                .map(block -> block.group(1).replace("headrace.", SCHEMA + "."))
                .toList();
        assertThat(queries).isNotEmpty();
        for (String query : queries) {
            execute(query);
        }
    }

    @Test
    void diagnosing() {
        assertThat(Diagnosing.mayDeploy(DATABASE, SCHEMA).block(PATIENCE)).isTrue();
        assertThat(Diagnosing.mayDeploy(DATABASE, SCHEMA + "_none").block(PATIENCE))
                .isFalse();
    }

    @Test
    void aJobExistsIfItsTransactionIsCommitted() throws SQLException {
        Transactions page = new Transactions(DATABASE, store);

        JobId id = page.join("grace").block(PATIENCE).id();
        assertThat(store.inspector().find(id).block(PATIENCE).state()).isEqualTo(JobState.PENDING);

        assertThatExceptionOfType(R2dbcDataIntegrityViolationException.class)
                .isThrownBy(() -> page.join("grace").block(PATIENCE));
        assertThat(number("SELECT count(*) FROM %s.job WHERE kind = 'send-letter'"))
                .isEqualTo(1);
    }

    /** Runs a job whose first attempt fails after the work is done, as when its process dies at that moment. */
    private <T> void runTwice(JobType<T> type, T payload, Function<Job<T>, Mono<Void>> handler) {
        JobHandler<T> failsOnce = JobHandler.<T>of(
                        type,
                        job -> Flux.concat(
                                handler.apply(job),
                                job.attempt() == 1 ? Mono.error(new IllegalStateException("too late")) : Mono.empty()))
                .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofMillis(1))));
        JobEngine engine = JobEngine.builder(store)
                .client(client -> client.watchInterval(ofMillis(20)))
                .subscribe(failsOnce)
                .build();
        engine.start().block(PATIENCE);
        JobId id = engine.client().enqueue(type.job(payload)).block(PATIENCE).id();
        assertThat(engine.client().await(id).block(PATIENCE).state()).isEqualTo(JobState.COMPLETED);
        assertThat(engine.client().find(id).block(PATIENCE).failures()).hasSize(1);
        engine.stop().block(PATIENCE);
    }

    @Test
    void aRowKeyedByTheJobMakesACreditIdempotent() throws SQLException {
        execute("INSERT INTO " + SCHEMA + ".account VALUES ('ada', 0)");
        Idempotence page = new Idempotence(DATABASE, (key, customer, cents) -> Mono.empty());

        runTwice(Idempotence.CREDIT, new Idempotence.Credit("ada", 500), page::credit);

        assertThat(number("SELECT balance FROM %s.account WHERE name = 'ada'")).isEqualTo(500);
        assertThat(number("SELECT count(*) FROM %s.entry")).isEqualTo(1);
    }

    @Test
    void aCheckOfTheStateMakesAShipmentIdempotent() throws SQLException {
        execute("INSERT INTO " + SCHEMA + ".parcel (id, state) VALUES (7, 'paid')");
        Idempotence page = new Idempotence(DATABASE, (key, customer, cents) -> Mono.empty());

        runTwice(Idempotence.SHIP, new Idempotence.Ship(7), page::ship);

        assertThat(number("SELECT shipments FROM %s.parcel")).isEqualTo(1);
    }

    @Test
    void theJobsIdMakesACallOfAnotherSystemIdempotent() {
        Map<String, Long> charged = new LinkedHashMap<>();
        Idempotence page = new Idempotence(
                DATABASE, (key, customer, cents) -> Mono.fromRunnable(() -> charged.putIfAbsent(key, cents)));

        runTwice(Idempotence.CHARGE, new Idempotence.Charge("ada", 500), page::charge);

        assertThat(charged).hasSize(1).containsValue(500L);
    }

    /** An attempt that fails after the commit is the last, and one that fails before it is made again. */
    @Test
    void aCompletionInATransactionMakesACreditHappenOnce() throws SQLException {
        execute("INSERT INTO " + SCHEMA + ".account VALUES ('grace', 0)");
        CompleteIn page = new CompleteIn(DATABASE, store);
        Mono<Void> tooLate = Mono.error(new IllegalStateException("too late"));
        List<Function<Job<CompleteIn.Credit>, Mono<Void>>> handlers =
                List.of(page::credit, page::creditAndTell, page::creditSerializable);
        for (Function<Job<CompleteIn.Credit>, Mono<Void>> handler : handlers) {
            JobEngine engine = JobEngine.builder(store)
                    .client(client -> client.watchInterval(ofMillis(20)))
                    .subscribe(CompleteIn.CREDIT, job -> handler.apply(job).then(tooLate))
                    .subscribe(CompleteIn.TELL, job -> Mono.empty())
                    .build();
            engine.start().block(PATIENCE);
            JobId id = engine.client()
                    .enqueue(CompleteIn.CREDIT.job(new CompleteIn.Credit("grace", 500)))
                    .block(PATIENCE)
                    .id();
            assertThat(engine.client().await(id).block(PATIENCE).state()).isEqualTo(JobState.COMPLETED);
            engine.stop().block(PATIENCE);
        }

        assertThat(number("SELECT balance FROM %s.account WHERE name = 'grace'"))
                .isEqualTo(1_500);
        assertThat(number("SELECT count(*) FROM %s.job WHERE kind = 'tell-owner'"))
                .isEqualTo(1);
    }

    @Test
    void aStepInATransactionMakesABookingHappenOnce() throws SQLException {
        execute("INSERT INTO " + SCHEMA + ".account VALUES ('alan', 900)");
        List<String> mails = new CopyOnWriteArrayList<>();
        StepIn page = new StepIn(
                DATABASE, store, (account, balance) -> Mono.fromRunnable(() -> mails.add(account + " has " + balance)));

        runTwice(StepIn.PAY, new StepIn.Payment("alan", 500), page::pay);

        assertThat(number("SELECT balance FROM %s.account WHERE name = 'alan'")).isEqualTo(400);
        assertThat(mails).containsExactly("alan has 400");
    }
}
