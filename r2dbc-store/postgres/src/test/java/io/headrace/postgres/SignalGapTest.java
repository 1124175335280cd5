package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.NewSignal;
import io.headrace.spi.Settlement;
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

/** A signal comes after a settlement has looked for it in vain, and before that has committed: it is made to wait there. */
@OnEachServer
class SignalGapTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOURS = Duration.ofHours(5);
    private static final long GATE = 1_814_401;
    private static final int SETTLEMENTS = 1_752_523_113;

    private final TestSchema schema;
    private final PostgresJobStore store;

    SignalGapTest(TestServer server) {
        this.schema = new TestSchema(server, SignalGapTest::waiting);
        this.store = schema.store();
    }

    private static Statements waiting(SchemaName schema) {
        String puts = "SELECT w.queue, w.kind, w.priority,";
        String waits =
                puts.replace("w.queue,", "w.queue || left(pg_advisory_xact_lock(" + GATE + ")::text, 0) AS queue,");
        return name -> {
            String sql = Statements.of(schema).named(name);
            assertThat(!name.equals("settle/await") || sql.contains(puts)).isTrue();
            return sql.replace(puts, waits);
        };
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    private void awaitWaiters(String lock) {
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                                + " AND " + lock)
                        == 1);
    }

    @Test
    void theSignalWaitsForTheSettlementAndFindsItsJob() throws SQLException {
        long worker =
                store.workers().register("miller", Set.of("mill"), HOURS, false).block(PATIENCE);
        EncodedJob rye = new EncodedJob("mill", "grind", 4, Duration.ZERO, null, "{}", null, null, null, null);
        assertThat(store.intake().enqueue(List.of(rye), 0).block(PATIENCE)).hasSize(1);
        ClaimedJob job = store.leases()
                .claim(new ClaimRequest(worker, "mill", Map.of("grind", new ClaimRequest.Terms(3, HOURS)), 1))
                .block(PATIENCE)
                .jobs()
                .get(0);
        Settlement wait = new Settlement(job.lease(), job.id(), false, new Verdict.Awaiting("flour", HOURS));
        try (Connection other = schema.server().jdbc();
                Statement gate = other.createStatement()) {
            other.setAutoCommit(false);
            gate.execute("SELECT pg_advisory_xact_lock(" + GATE + ")");
            CompletableFuture<List<Settlement>> settled =
                    store.leases().settle(worker, List.of(wait)).toFuture();
            awaitWaiters("objid = " + GATE);
            CompletableFuture<SignalAnswer> signalled =
                    store.signals().signal(new NewSignal("flour", "7", null)).toFuture();
            awaitWaiters("classid = " + SETTLEMENTS);
            other.commit();

            assertThat(settled.join()).isEmpty();
            assertThat(signalled.join()).isEqualTo(new SignalAnswer(true, 1));
        }
    }
}
