package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.headrace.postgres.TestServer;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Schedule;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A tour of the API on the real store: every answer fits the document there, too. */
@Tag("slow")
class OnPostgresTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JobType<String> LETTER =
            JobType.of("send-letter", String.class).queue("mail");

    private final TestServer server = TestServer.newest();
    private final String schema = "console_" + ProcessHandle.current().pid();
    private final PostgresJobStore store =
            PostgresJobStore.builder(server.connectionFactory()).schema(schema).build();
    private final JobOperator operator = JobOperator.create(store);
    private final Api api = Api.of(operator);

    @BeforeEach
    void migrate() {
        execute(PostgresMigrations.plainSql(schema));
    }

    @AfterEach
    void auditAndDrop() {
        try {
            assertThat(operator.audit().block(PATIENCE)).hasToString("ok");
        } finally {
            store.close().block(PATIENCE);
            execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }

    @Test
    void everyAnswerFitsTheDocument() {
        JobClient client = JobClient.create(store);
        JobId failed = client.enqueue(LETTER.job("broken").uniqueKey("<b>"))
                .block(PATIENCE)
                .id();
        failAll();
        JobId waiting = client.enqueue(LETTER.job("later").delay(Duration.ofDays(1)))
                .block(PATIENCE)
                .id();
        operator.schedules()
                .save(Schedule.of("nightly", Cron.of("0 3 * * *"), LETTER.job("all")))
                .block(PATIENCE);

        assertThat(api.get("/jobs/" + failed).ok().path("failures")).hasSize(1);
        assertThat(api.get("/jobs/" + waiting + "/why").ok().at("/reason/code").asString())
                .isEqualTo("NOT_DUE");
        assertThat(api.get("/jobs?state=FAILED").ok().at("/jobs/0/id").asString())
                .isEqualTo(failed.toString());
        assertThat(api.get("/jobs?key=%3Cb%3E").ok().path("jobs")).hasSize(1);
        assertThat(api.get("/queues").ok().path("queues")).hasSize(1);
        assertThat(api.get("/totals").ok().path("totals")).isNotEmpty();
        assertThat(api.get("/activity").ok().path("buckets")).hasSize(60);
        assertThat(api.get("/marks").ok().path("marks")).hasSize(1);
        assertThat(api.get("/database").ok().path("readings")).isNotEmpty();
        assertThat(api.get("/schedules").ok().path("schedules")).hasSize(1);
        String fingerprint =
                api.get("/failures").ok().at("/causes/0/fingerprint").asString();
        String retry = "{\"action\": \"RETRY\", \"fingerprint\": \"" + fingerprint + "\"}";
        assertThat(api.post("/operations/preview", retry).ok().path("count").asInt())
                .isOne();
        JsonNode started = api.post("/operations", retry).ok();
        operator.bulk().watch(started.path("id").asString()).blockLast(PATIENCE);
        assertThat(api.get("/operations").ok().at("/operations/0/done").asInt()).isOne();
        api.post("/queues/mail/pause").done();
        api.post("/jobs/" + waiting + "/cancel").ok();
        assertThat(api.get("/log").ok().path("decisions")).hasSize(4);
        assertThat(api.post("/audit").ok().path("ok").asBoolean()).isTrue();
    }

    private void failAll() {
        JobEngine engine = JobEngine.builder(store)
                .queue("mail")
                .subscribe(JobHandler.of(LETTER, job -> Mono.error(new IllegalStateException("no paper")))
                        .retry(RetryPolicy.never()))
                .build();
        engine.start().block(PATIENCE);
        operator.live()
                .filter(view -> view.queues().stream().anyMatch(queue -> queue.failed() == 1))
                .blockFirst(PATIENCE);
        engine.stop().block(PATIENCE);
    }

    private void execute(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
