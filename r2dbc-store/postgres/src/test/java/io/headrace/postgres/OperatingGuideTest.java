package io.headrace.postgres;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.headrace.Backoff;
import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.StoreException;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.ClaimRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What docs/guide-operating.md says of rights and what it has run, as it stands there. */
@OnEachServer
@Tag("slow")
class OperatingGuideTest {

    private static final Path GUIDE = Path.of("..", "..", "docs", "guide-operating.md");
    private static final Pattern BLOCK = Pattern.compile("```sql ?(\\w*)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern GRANT =
            Pattern.compile("GRANT ([A-Z, ]+) ON ((?:SCHEMA|SEQUENCE|FUNCTION)?)\\s*(.+?) TO ", Pattern.DOTALL);
    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(30);

    private final TestSchema schema;
    private final TestServer asApp;
    private final TestServer asProducer;

    OperatingGuideTest(TestServer server) {
        this.schema = new TestSchema(server).withSegments(1);
        this.asApp = as(server, schema.name() + "_app");
        this.asProducer = as(server, schema.name() + "_producer");
    }

    private static TestServer as(TestServer server, String role) {
        return new TestServer(server.name(), server.host(), server.port(), server.database(), role, "secret");
    }

    @BeforeEach
    void makeRoles() throws IOException {
        for (TestServer each : List.of(asApp, asProducer)) {
            schema.execute("CREATE ROLE " + each.user() + " LOGIN PASSWORD 'secret'");
        }
        // As a database that takes away what everybody has by default.
        schema.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA " + schema.name() + " FROM PUBLIC");
        for (String block : blocks("grants", "producer", "admin")) {
            schema.execute(block);
        }
    }

    @AfterEach
    void dropRoles() {
        for (TestServer each : List.of(asApp, asProducer)) {
            schema.execute("DROP OWNED BY " + each.user() + "; DROP ROLE " + each.user());
        }
        schema.close();
    }

    /** Those of the guide's statements that are marked so, for this schema and these roles. */
    private List<String> blocks(String... marks) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(GUIDE).replaceAll("(?m)^ {3}", ""));
        while (matcher.find()) {
            if (List.of(marks).contains(matcher.group(1))) {
                blocks.add(matcher.group(2)
                        .replaceAll("\\bheadrace\\b", schema.name())
                        .replaceAll("\\bapp\\b", asApp.user())
                        .replaceAll("\\bproducer\\b", asProducer.user()));
            }
        }
        assertThat(blocks).as("blocks marked so").isNotEmpty();
        return blocks;
    }

    private PostgresJobStore open(TestServer as) {
        return PostgresJobStore.builder(as.connectionFactory())
                .schema(schema.name())
                .build();
    }

    @Test
    void theRightsOfAnEngineSufficeForItsWholeLife() {
        PostgresJobStore store = open(asApp);
        JobEngine engine = JobEngine.builder(store)
                .progressInterval(ofMillis(20))
                .client(c -> c.watchInterval(ofMillis(20)))
                .subscribe(JobHandler.<String>of(GRIND, job -> {
                            job.progress(50, "half");
                            return switch (job.payload()) {
                                case "fails" -> Mono.error(new IllegalStateException("no stones"));
                                case "snoozes" ->
                                    Mono.just(
                                            job.uniqueKey() == null
                                                    ? JobOutcome.cancel("no key")
                                                    : JobOutcome.complete());
                                default -> Mono.delay(ofMillis(50));
                            };
                        })
                        .retry(RetryPolicy.defaults().maxAttempts(2).backoff(Backoff.fixed(ofMillis(10)))))
                .build();
        JobClient client = engine.client();
        JobOperator operator = engine.operator();
        try {
            engine.start().block(PATIENCE);
            assertThat(outcome(client, "rye", null)).isEqualTo(JobState.COMPLETED);
            assertThat(outcome(client, "rye", "key")).isEqualTo(JobState.COMPLETED);
            assertThat(outcome(client, "snoozes", null)).isEqualTo(JobState.CANCELLED);
            assertThat(outcome(client, "fails", "one")).isEqualTo(JobState.FAILED);
            assertThat(operator.retryFailed(FailedJobs.ofKind("grind"))
                            .block(PATIENCE)
                            .retried())
                    .isEqualTo(1);
            await().atMost(PATIENCE)
                    .until(() -> operator.totals().blockFirst(PATIENCE).failed() == 1);
            assertThat(operator.discard(FailedJobs.ofKind("grind"))
                            .block(PATIENCE)
                            .discarded())
                    .isEqualTo(1);
            decideAndLook(client, operator);
            sweepAndPrune(store);
            engine.stop().block(PATIENCE);
            assertThat(operator.audit().block(PATIENCE)).hasToString("ok");
        } finally {
            engine.stop(ofSeconds(1)).block(PATIENCE);
            store.close().block(PATIENCE);
        }
    }

    private static JobState outcome(JobClient client, String payload, String key) {
        JobId id = client.enqueue(
                        key == null ? GRIND.job(payload) : GRIND.job(payload).uniqueKey(key))
                .block(PATIENCE)
                .id();
        return client.await(id).block(PATIENCE).state();
    }

    private static void decideAndLook(JobClient client, JobOperator operator) {
        JobId later = client.enqueue(GRIND.job("rye").delay(ofHours(1)))
                .block(PATIENCE)
                .id();
        assertThat(client.find(later).block(PATIENCE).state()).isEqualTo(JobState.PENDING);
        assertThat(client.cancel(later).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
        operator.pause("default").block(PATIENCE);
        operator.resume("default").block(PATIENCE);
        assertThat(operator.queues().collectList().block(PATIENCE)).hasSize(1);
        assertThat(operator.workers().collectList().block(PATIENCE)).hasSize(1);
    }

    private void sweepAndPrune(PostgresJobStore store) {
        long lost = store.workers()
                .register("lost", Set.of("mill"), ofSeconds(30), false)
                .block(PATIENCE);
        JobClient.create(store).enqueue(GRIND.job("rye").queue("mill")).block(PATIENCE);
        assertThat(store.leases()
                        .claim(new ClaimRequest(
                                lost, "mill", Map.of("grind", new ClaimRequest.Terms(3, ofHours(1))), 10))
                        .block(PATIENCE)
                        .jobs())
                .hasSize(1);
        schema.execute(
                "UPDATE " + schema.name() + ".worker SET expires_at = now() - interval '1 s' WHERE name = 'lost'");
        schema.execute("UPDATE " + schema.name() + ".tombstone SET died_at = died_at - interval '30 days'");
        long living = store.workers()
                .register("living", Set.of("mill"), ofSeconds(30), false)
                .block(PATIENCE);
        assertThat(store.workers().sweep(living).block(PATIENCE).returned()).isEqualTo(1);
        store.workers().unregister(living).block(PATIENCE);
        assertThat(store.decisions().prune(ofDays(14)).block(PATIENCE)).isPositive();
        assertThat(store.decisions().pruneCompleted(ofDays(7)).block(PATIENCE)).isNotNull();
        assertThat(schema.number("SELECT count(*) FROM %s.segment WHERE said LIKE 'FAILED%'"))
                .isZero();
    }

    @Test
    void theRightsOfAProducerSufficeToEnqueueAndForNothingElse() {
        PostgresJobStore store = open(asProducer);
        try {
            JobClient client = JobClient.create(store);
            List<Enqueued> answers = Flux.just(
                            GRIND.job("rye"),
                            GRIND.job("rye").uniqueKey("a"),
                            GRIND.job("rye").uniqueKey("a"))
                    .concatMap(client::enqueue)
                    .collectList()
                    .block(PATIENCE);

            assertThat(answers).extracting(Enqueued::created).containsExactly(true, true, false);
            assertThat(store.inspector().servedQueues().collectList().block(PATIENCE))
                    .as("asked by every client that enqueues")
                    .isEmpty();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> client.find(answers.get(0).id()).block(PATIENCE))
                    .withMessageContaining("docs/guide-operating.md");
        } finally {
            store.close().block(PATIENCE);
        }
    }

    @Test
    void eachRightOfAnEngineIsNeeded() throws Exception {
        assertThat(refused(Map.of())).isEmpty();
        for (String right : rights()) {
            assertThat(refused(Map.of("REVOKE " + right + " FROM ", "GRANT " + right + " TO ")))
                    .as("refused without " + right)
                    .isNotEmpty();
        }
    }

    /** Each right by itself: {@code SELECT ON table}. */
    private List<String> rights() throws IOException {
        List<String> rights = new ArrayList<>();
        for (String block : blocks("grants")) {
            Matcher grant = GRANT.matcher(block);
            while (grant.find()) {
                String sort = grant.group(2).isEmpty() ? "" : grant.group(2) + " ";
                // Not at the commas between a function's parameters.
                for (String on : grant.group(3).split(",\\s*(?![^(]*\\))", -1)) {
                    for (String right : grant.group(1).split(", ", -1)) {
                        rights.add(right + " ON " + sort + on.strip());
                    }
                }
            }
        }
        assertThat(rights).hasSizeGreaterThan(40);
        return rights;
    }

    /** The statements that the role may not run, while a right is taken away. */
    private List<String> refused(Map<String, String> takenAndGiven) throws Exception {
        List<String> refused = new ArrayList<>();
        try (Connection connection = schema.server().jdbc();
                Statement statement = connection.createStatement()) {
            for (String take : takenAndGiven.keySet()) {
                statement.execute(take + asApp.user());
            }
            statement.execute("SET ROLE " + asApp.user());
            for (Map.Entry<String, String> each : statements().entrySet()) {
                if (isRefused(statement, each.getKey(), each.getValue())) {
                    refused.add(each.getKey());
                }
            }
            statement.execute("RESET ROLE");
            for (String give : takenAndGiven.values()) {
                statement.execute(give + asApp.user());
            }
        }
        return refused;
    }

    /** By the names of their files, which are unique. */
    private Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        Statements all = Statements.of(new SchemaName(schema.name()));
        for (String name : StatementFiles.statements()) {
            statements.put(name.substring(name.indexOf('/') + 1), all.named(name));
        }
        return statements;
    }

    /** Explaining a statement asks for the same rights as running it, save for the sequence within the function. */
    private boolean isRefused(Statement session, String name, String sql) throws SQLException {
        try {
            if (name.equals("enqueue")) {
                session.execute("SELECT " + schema.name() + ".next_block()");
            }
            session.execute("PREPARE " + name + " AS " + sql);
            int parameters;
            try (ResultSet found = session.executeQuery(
                    "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = '"
                            + name.toLowerCase(Locale.ROOT) + "'")) {
                found.next();
                parameters = found.getInt(1);
            }
            String nulls =
                    parameters == 0 ? "" : "(" + String.join(", ", Collections.nCopies(parameters, "NULL")) + ")";
            session.execute("EXPLAIN EXECUTE " + name + nulls);
            return false;
        } catch (SQLException e) {
            if (e.getSQLState().equals("42501")) {
                return true;
            }
            throw e;
        }
    }

    @Test
    void theQueriesToLookAtRun() throws IOException {
        List<String> queries = blocks("");

        assertThat(queries).hasSizeGreaterThan(5);
        queries.forEach(schema::execute);
    }
}
