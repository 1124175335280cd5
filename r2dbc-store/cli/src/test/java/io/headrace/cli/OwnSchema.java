package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.headrace.postgres.TestServer;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Schedule;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A schema for the commands of one test, with a store for the jobs that they are about. Closing it audits and drops it. */
final class OwnSchema implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final JobType<String> LETTER =
            JobType.of("send-letter", String.class).queue("mail");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server = TestServer.newest();
    private final String name = "headrace_cli_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    private final PostgresJobStore store =
            PostgresJobStore.builder(server.connectionFactory()).schema(name).build();

    private OwnSchema() {}

    static OwnSchema migrated() {
        OwnSchema schema = new OwnSchema();
        schema.executeAll(PostgresMigrations.plainSql(schema.name));
        return schema;
    }

    /** One that does not exist yet. */
    static OwnSchema missing() {
        return new OwnSchema();
    }

    String name() {
        return name;
    }

    String url() {
        return "postgresql://" + server.user() + ":" + server.password() + "@" + server.host() + ":" + server.port()
                + "/" + server.database();
    }

    Ran run(String... args) {
        return asked(false, "", args);
    }

    /** At a terminal, or with an input. */
    Ran asked(boolean interactive, String input, String... args) {
        return Ran.run(environment(url()), interactive, input, here(args));
    }

    /** As somebody else, or by another way. */
    Ran runAs(String url, String verb, String... args) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of(args));
        return Ran.run(environment(url), here(all.toArray(String[]::new)));
    }

    /** A command that goes on until it is ended, which is after a look at what it has said. */
    Ran runUntil(Consumer<String> seen, String... args) {
        return Ran.until(seen, environment(url()), here(args));
    }

    private String[] here(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--schema");
        all.add(name);
        return all.toArray(String[]::new);
    }

    Map<String, String> environment(String url) {
        return Map.of("DATABASE_URL", url);
    }

    PostgresJobStore store() {
        return store;
    }

    JobClient client() {
        return JobClient.create(store);
    }

    JobOperator operator() {
        return JobOperator.create(store);
    }

    /** Jobs that have failed, with nothing else left of the engine that ran them. */
    List<JobId> failed(int jobs) {
        JobEngine engine = JobEngine.builder(store)
                .queue("mail", queue -> queue.concurrency(4))
                .client(client -> client.watchInterval(Duration.ofMillis(10)))
                .subscribe(LETTER, job -> Mono.error(new IllegalStateException("no \u001b[31mstamp")))
                .build();
        engine.start().block(PATIENCE);
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            ids.add(engine.client()
                    .enqueue(LETTER.job("letter " + i).maxAttempts(1))
                    .block(PATIENCE)
                    .id());
        }
        for (JobId id : ids) {
            assertThat(engine.client().await(id).block(PATIENCE).state()).isEqualTo(JobState.FAILED);
        }
        engine.stop().block(PATIENCE);
        return ids;
    }

    /** A schedule that no engine declares. */
    void schedule(String schedule) {
        operator()
                .schedules()
                .save(Schedule.of(schedule, Cron.of("0 3 * * *", ZoneId.of("Europe/Berlin")), LETTER.job("report")))
                .block(PATIENCE);
    }

    JobState state(JobId id) {
        return client().find(id).block(PATIENCE).state();
    }

    /** With the name of the schema for {@code %s}. */
    void execute(String sql) {
        executeAll(sql.replace("%s", name));
    }

    private void executeAll(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Prunes tombstones, as engines do. */
    void prune() {
        assertThat(store.decisions().prune(Duration.ofDays(14)).block(PATIENCE)).isPositive();
    }

    void audit() {
        assertThat(operator().audit().block(PATIENCE)).hasToString("ok");
    }

    @Override
    public void close() {
        store.close().block(PATIENCE);
        execute("DROP SCHEMA IF EXISTS %s CASCADE");
    }
}
