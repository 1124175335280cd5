package io.headrace.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobType;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewSignal;
import io.headrace.spi.Settlement;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two ask at the same time whether the signal or the timeout came first, and the signal comes between: both get one answer. */
@OnEachServer
class SignalAnswerTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(5);
    private static final String KEY = "wind";

    private final TestSchema schema;
    private final long worker;
    private final ClaimedJob job;

    SignalAnswerTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        JobClient.create(schema.store()).enqueue(GRIND.job("rye")).block(PATIENCE);
        this.worker = schema.store()
                .workers()
                .register("miller", Set.of("default"), LONG, false)
                .block(PATIENCE);
        ClaimedJob first = claim();
        Verdict waits = new Verdict.Awaiting(KEY, Duration.ofMinutes(1));
        schema.store()
                .leases()
                .settle(worker, List.of(new Settlement(first.lease(), first.id(), false, waits)))
                .block(PATIENCE);
        schema.passTime(Duration.ofMinutes(2));
        this.job = claim();
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private ClaimedJob claim() {
        return schema.store()
                .leases()
                .claim(new ClaimRequest(worker, "default", Map.of("grind", new ClaimRequest.Terms(1, LONG)), 1))
                .block(PATIENCE)
                .jobs()
                .get(0);
    }

    private void signal() {
        schema.store().signals().signal(new NewSignal(KEY, "\"west\"", null)).block(PATIENCE);
    }

    private CompletableFuture<List<SignalReading>> ask() {
        CompletableFuture<List<SignalReading>> asked = schema.store()
                .signals()
                .read(List.of(new SignalQuestion(job.id(), KEY)))
                .toFuture();
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
        return asked;
    }

    private static SignalReading answer(CompletableFuture<List<SignalReading>> asked) {
        return asked.orTimeout(PATIENCE.toSeconds(), SECONDS).join().get(0);
    }

    private String kept() {
        return schema.text("SELECT outcome FROM %s.awaited");
    }

    @Test
    void theTimeoutThatWasAnsweredFirstHolds() throws SQLException {
        CompletableFuture<List<SignalReading>> later;
        try (Connection first = schema.server().jdbc();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("PREPARE ask AS "
                    + Statements.of(new SchemaName(schema.name())).named("signal/read"));
            statement.execute("EXECUTE ask('{" + job.id() + "}', '{" + KEY + "}')");
            signal();
            later = ask();
            first.commit();
        }

        assertThat(answer(later)).isEqualTo(SignalReading.TIMED_OUT);
        assertThat(kept()).isEqualTo("TIMED_OUT");
    }

    /** It has seen no signal, and hears that another has: it has to look once more for the value. */
    @Test
    void theSignalThatWasAnsweredFirstHolds() throws SQLException {
        CompletableFuture<List<SignalReading>> earlier;
        try (Connection other = schema.server().jdbc();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM " + schema.name() + ".awaited FOR UPDATE");
            earlier = ask();
            signal();
            statement.execute("UPDATE " + schema.name() + ".awaited SET outcome = 'SIGNALLED'");
            other.commit();
        }

        assertThat(answer(earlier)).isEqualTo(new SignalReading(SignalReading.State.SIGNALLED, "\"west\"", null));
        assertThat(kept()).isEqualTo("SIGNALLED");
    }
}
