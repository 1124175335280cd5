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
import io.headrace.spi.JobSteps;
import io.headrace.spi.NewStep;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While a step is being recorded, its job does not leave the lease under which it is. */
@OnEachServer
class StepLockTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestSchema schema;
    private final long worker;
    private final ClaimedJob job;

    StepLockTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        JobClient.create(schema.store()).enqueue(GRIND.job("rye")).block(PATIENCE);
        this.worker = register();
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

    private long register() {
        return schema.store()
                .workers()
                .register("miller", Set.of("default"), Duration.ofHours(1), false)
                .block(PATIENCE);
    }

    private ClaimedJob claim() {
        ClaimRequest.Terms terms = new ClaimRequest.Terms(1, Duration.ofHours(1));
        return schema.store()
                .leases()
                .claim(new ClaimRequest(worker, "default", Map.of("grind", terms), 1))
                .block(PATIENCE)
                .jobs()
                .get(0);
    }

    private JobSteps steps() {
        return schema.store().steps().read(List.of(job.id())).block(PATIENCE).get(0);
    }

    private List<NewStep> late() {
        return schema.store()
                .steps()
                .record(worker, List.of(new NewStep(job.lease(), job.id(), "ship", null, PATIENCE)))
                .block(PATIENCE);
    }

    /** Runs something after a transaction has recorded a step, and before it commits. */
    private <T> T whileRecording(Supplier<T> action) throws SQLException {
        try (Connection recorder = schema.server().jdbc();
                Statement statement = recorder.createStatement()) {
            recorder.setAutoCommit(false);
            statement.execute("PREPARE record AS "
                    + Statements.of(new SchemaName(schema.name())).named("step/record"));
            statement.execute("EXECUTE record(" + worker + ", '{" + job.lease() + "}', '{" + job.lease() + "}', '{"
                    + job.id() + "}', '{7}', '{charge}', '{1}')");
            T result = action.get();
            recorder.commit();
            return result;
        }
    }

    private void awaitSomebodyWaiting() {
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
    }

    @Test
    void aSweepPassesTheLeaseBy() throws SQLException {
        schema.passTime(Duration.ofHours(2));
        long sweeper = register();

        var meanwhile =
                whileRecording(() -> schema.store().workers().sweep(sweeper).block(PATIENCE));
        var after = schema.store().workers().sweep(sweeper).block(PATIENCE);

        assertThat(meanwhile.leases()).isZero();
        assertThat(after.leases()).isOne();
        assertThat(steps().steps()).hasSize(1);
        assertThat(late()).hasSize(1);
    }

    @Test
    void anOutcomeWaits() throws SQLException {
        Settlement completed = new Settlement(job.lease(), job.id(), false, Verdict.Completed.INSTANCE);

        CompletableFuture<List<Settlement>> settled = whileRecording(() -> {
            var sent =
                    schema.store().leases().settle(worker, List.of(completed)).toFuture();
            awaitSomebodyWaiting();
            return sent;
        });

        assertThat(settled.orTimeout(PATIENCE.toSeconds(), SECONDS).join()).isEmpty();
        assertThat(steps().steps()).hasSize(1);
        assertThat(late()).hasSize(1);
    }

    /** The lease was there when the statement began. */
    @Test
    void aStepThatWaitsForAnOutcomeIsLate() throws SQLException {
        CompletableFuture<List<NewStep>> recorded;
        try (Connection settler = schema.server().jdbc();
                Statement statement = settler.createStatement()) {
            settler.setAutoCommit(false);
            statement.execute("PREPARE finish AS "
                    + Statements.of(new SchemaName(schema.name())).named("settle/finish"));
            statement.execute("EXECUTE finish(" + worker + ", '{" + job.lease() + "}', '{\"{[" + job.id() + ","
                    + (job.id() + 1) + ")}\"}')");
            recorded = schema.store()
                    .steps()
                    .record(worker, List.of(new NewStep(job.lease(), job.id(), "ship", null, PATIENCE)))
                    .toFuture();
            awaitSomebodyWaiting();
            settler.commit();
        }

        assertThat(recorded.orTimeout(PATIENCE.toSeconds(), SECONDS).join()).hasSize(1);
        assertThat(steps().steps()).isEmpty();
    }
}
