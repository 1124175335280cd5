package io.headrace.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.RetryReport;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody waits for a lock that somebody else holds on what he could do without. */
@OnEachServer
class LockTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestSchema schema;

    LockTest(TestServer server) {
        this.schema = TestSchema.reused(server);
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private JobId enqueue(String payload) {
        return JobClient.create(schema.store())
                .enqueue(GRIND.job(payload))
                .block(PATIENCE)
                .id();
    }

    private Claim claim(long worker) {
        ClaimRequest.Terms terms = new ClaimRequest.Terms(1, Duration.ofHours(1));
        return schema.store()
                .leases()
                .claim(new ClaimRequest(worker, "default", Map.of("grind", terms), 100))
                .block(PATIENCE);
    }

    private long register() {
        return schema.store()
                .workers()
                .register("miller", Set.of("default"), Duration.ofHours(1), false)
                .block(PATIENCE);
    }

    /** Runs something while another transaction holds rows. */
    private <T> T whileHolding(String rows, Supplier<T> action) throws SQLException {
        try (Connection holder = schema.server().jdbc();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            try (ResultSet held =
                    statement.executeQuery("SELECT * FROM " + schema.name() + "." + rows + " FOR UPDATE")) {
                assertThat(held.next()).isTrue();
            }
            T result = action.get();
            holder.rollback();
            return result;
        }
    }

    @Test
    void aSetThatSomebodyHoldsIsPassedByAndClaimedLater() throws SQLException {
        JobId held = enqueue("held");
        JobId free = enqueue("free");
        long worker = register();

        Claim meanwhile = whileHolding("pending WHERE jobs @> " + held.value() + "::bigint", () -> claim(worker));

        assertThat(meanwhile.jobs()).extracting(job -> new JobId(job.id())).containsExactly(free);
        schema.store().lookBack();
        assertThat(claim(worker).jobs()).extracting(job -> new JobId(job.id())).containsExactly(held);
    }

    @Test
    void aTombstoneThatSomebodyHoldsIsRacedAndStopsNothing() throws SQLException {
        JobId held = enqueue("held");
        enqueue("free");
        long worker = register();
        Verdict failed = new Verdict.Failed(Verdict.Failure.ofType("E", null));
        schema.store()
                .leases()
                .settle(
                        worker,
                        claim(worker).jobs().stream()
                                .map(job -> new Settlement(job.lease(), job.id(), false, failed))
                                .toList())
                .block(PATIENCE);

        RetryReport report = whileHolding(
                "tombstone WHERE job = " + held.value(),
                () -> schema.store()
                        .decisions()
                        .retryFailed(FailedJobs.ofKind("grind"))
                        .block(PATIENCE));

        assertThat(report).isEqualTo(new RetryReport(2, 1, 1, 0));
    }

    @Test
    void aLeaseThatSomebodyHoldsDoesNotStopASweep() throws SQLException {
        enqueue("rye");
        long worker = register();
        assertThat(claim(worker).jobs()).hasSize(1);
        schema.passTime(Duration.ofHours(2));

        long sweeper = register();
        var meanwhile = whileHolding(
                "lease", () -> schema.store().workers().sweep(sweeper).block(PATIENCE));
        var after = schema.store().workers().sweep(sweeper).block(PATIENCE);

        assertThat(meanwhile.leases()).isZero();
        assertThat(after.leases()).isEqualTo(1);
    }

    /** As a sweep does: of two that want both rows, in whichever order, each could wait for the other. */
    @Test
    void whoUnregistersHasNoOtherRowBeforeThatOfTheWorker() throws SQLException {
        long worker = register();
        CompletableFuture<Void> unregistered = whileHolding("worker", () -> {
            CompletableFuture<Void> started =
                    schema.store().workers().unregister(worker).toFuture();
            await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);

            assertThat(schema.number(
                            "SELECT count(*) FROM (SELECT FROM %s.engine_mark FOR UPDATE SKIP LOCKED) AS free"))
                    .isOne();
            return started;
        });
        unregistered.orTimeout(PATIENCE.toSeconds(), SECONDS).join();
        assertThat(schema.number("SELECT count(*) FROM %s.engine_mark WHERE ending = 'STOPPED'"))
                .isOne();
    }
}
