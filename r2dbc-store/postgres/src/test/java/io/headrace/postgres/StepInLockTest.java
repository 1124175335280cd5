package io.headrace.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.CancelAnswer;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.JobSteps;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import io.headrace.spi.TransactionAnswer;
import io.headrace.spi.Verdict;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements that take a job out of its lease wait while a transaction that has recorded a step of it is open. */
@OnEachServer
class StepInLockTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestSchema schema;
    private final long worker;
    private final ClaimedJob job;
    private final TestTransaction open;

    StepInLockTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        JobClient.create(schema.store()).enqueue(GRIND.job("rye")).block(PATIENCE);
        this.worker = register();
        this.job = claim();
        this.open = TestTransaction.begin(server.connectionFactory(), schema.store());
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

    private TransactionAnswer.Answer record() {
        return record(open, job, "charge");
    }

    private TransactionAnswer.Answer record(TestTransaction in, ClaimedJob of, String name) {
        return in.transaction()
                .record(worker, new NewStep(of.lease(), of.id(), name, null, PATIENCE))
                .block(PATIENCE)
                .answer();
    }

    private Mono<List<Settlement>> settled() {
        return schema.store()
                .leases()
                .settle(worker, List.of(new Settlement(job.lease(), job.id(), false, Verdict.Completed.INSTANCE)));
    }

    private List<JobSteps> steps() {
        return schema.store().steps().read(List.of(job.id())).block(PATIENCE);
    }

    private void awaitSomebodyWaiting() {
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), SECONDS).join();
    }

    @Test
    void anOutcomeWaits() {
        assertThat(record()).isEqualTo(TransactionAnswer.Answer.DONE);
        CompletableFuture<List<Settlement>> late = settled().toFuture();
        awaitSomebodyWaiting();
        open.commit();

        assertThat(join(late)).isEmpty();
        assertThat(steps().get(0).steps()).hasSize(1);
    }

    @Test
    void aCancellationWaits() {
        assertThat(record()).isEqualTo(TransactionAnswer.Answer.DONE);
        CompletableFuture<CancelAnswer> cancelled =
                schema.store().decisions().cancel(new JobId(job.id())).toFuture();
        awaitSomebodyWaiting();
        open.commit();

        assertThat(join(cancelled)).isEqualTo(CancelAnswer.CANCELLED_WHILE_LEASED);
        assertThat(steps().get(0).steps()).hasSize(1);
    }

    /** Their records are next to each other in the index, and that is nothing of which PostgreSQL could make a conflict. */
    @Test
    void serializableTransactionsOfTwoJobsDoNotFailEachOther() {
        JobClient.create(schema.store()).enqueue(GRIND.job("oats")).block(PATIENCE);
        ClaimedJob other = claim();
        TestTransaction second = TestTransaction.begin(schema.server().connectionFactory(), schema.store());
        List.of(open, second).forEach(StepInLockTest::makeSerializable);

        for (String name : List.of("charge", "mail")) {
            assertThat(record(open, job, name)).isEqualTo(TransactionAnswer.Answer.DONE);
            assertThat(record(second, other, name)).isEqualTo(TransactionAnswer.Answer.DONE);
        }
        open.commit();
        second.commit();

        assertThat(schema.number("SELECT count(*) FROM %s.step")).isEqualTo(4);
    }

    private static void makeSerializable(TestTransaction transaction) {
        Flux.from(transaction
                        .connection()
                        .createStatement("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                        .execute())
                .flatMap(Result::getRowsUpdated)
                .blockLast(PATIENCE);
    }

    /** As of a server that was restored, and has lost its last transactions. */
    @Test
    void aTransactionThatIsYetToComeIsNotOpen() {
        long next = schema.number("SELECT pg_current_xact_id()::text::bigint + 1000000");
        open.rollback();

        assertThat(schema.store()
                        .steps()
                        .areOpen(List.of(Long.toString(next), "3"))
                        .block(PATIENCE))
                .containsExactly(false, false);
    }
}
