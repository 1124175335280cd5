package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import io.headrace.bulk.WaitingJobs;
import io.headrace.spi.BulkStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bulk operations count exactly, whatever is killed and whatever races with them. */
@OnEachServer
@Tag("slow")
class BulkOperationTest extends EngineTests {

    /** Some seconds of work at the pace of an operation, also on a busy machine. */
    private static final int JOBS = 4_000;

    private static final BulkAction RETRY = new BulkAction.Retry(FailedJobs.ofKind("grind"));

    private static final BulkAction CANCEL = new BulkAction.Cancel(WaitingJobs.inQueue("default"));
    private static final BulkAction CANCEL_GRIND = new BulkAction.Cancel(WaitingJobs.ofKind("grind"));
    private static final long RUNNER = 7;
    private static final Duration LEASE = ofMinutes(1);

    /** Ends the session that waits for a lock of the schema. */
    private static final String CUT = "SELECT count(pg_terminate_backend(pid)) FROM pg_locks"
            + " WHERE NOT granted AND relation = '%s.pending'::regclass";

    private final JobOperator desk = JobOperator.create(schema.store());

    BulkOperationTest(TestServer server) {
        super(server);
    }

    /** A process that begins an operation and waits to be killed. */
    public static void main(String[] args) {
        JobOperator.create(ChildProcess.store(args))
                .bulk()
                .start(RETRY)
                .then(Mono.never())
                .block();
    }

    private void givenFailed(int jobs) {
        schema.execute("INSERT INTO " + schema.name()
                + ".tombstone (job, died_at, attempt, priority, state, queue, kind, fingerprint, payload, failures)"
                + " SELECT n, now() - interval '1 minute', 1, 4, 'FAILED', 'default', 'grind', 1, '\"sack\"', '[]'"
                + " FROM generate_series(1, " + jobs + ") AS n");
    }

    private BulkOperation latest() {
        return desk.bulk().list(1).blockFirst(PATIENCE);
    }

    private BulkOperation ended() {
        await().atMost(PATIENCE).until(() -> latest().state().isEnded());
        return latest();
    }

    private static void assertCounts(BulkOperation operation, long done) {
        assertThat(List.of(operation.matched(), operation.done(), operation.raced(), operation.pruned()))
                .containsExactly(done, done, 0L, 0L);
    }

    @Test
    void anEngineGoesOnWhenItsProcessIsKilled() throws IOException, InterruptedException {
        givenFailed(JOBS);
        Process process = ChildProcess.start(BulkOperationTest.class, schema);
        try {
            await().atMost(PATIENCE)
                    .pollInterval(ofMillis(5))
                    .until(() -> schema.number("SELECT coalesce(max(done), 0) FROM %s.operation") > 0);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(latest().done()).isLessThan(JOBS);
        schema.passTime(ofMinutes(1));

        start(JobEngine.builder(openStore()).sweepInterval(ofMillis(100)));

        assertCounts(ended(), JOBS);
        assertThat(latest().state()).isEqualTo(BulkState.DONE);
        assertThat(schema.number("SELECT sum(size) FROM %s.pending")).isEqualTo(JOBS);
    }

    @Test
    void itCountsEachJobOnceWhileItsConnectionsAreCut() throws SQLException {
        givenFailed(3_000);
        try (Connection other = schema.server().jdbc();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            for (int cut = 0; cut < 2; cut++) {
                // A chunk gets as far as its inserts.
                statement.execute("LOCK TABLE " + schema.name() + ".pending IN SHARE MODE");
                if (cut == 0) {
                    assertThat(desk.bulk().start(RETRY).block(PATIENCE)).isNotNull();
                }
                await().atMost(PATIENCE).until(() -> schema.number(CUT) == 1);
                other.commit();
            }
        }

        assertCounts(ended(), 3_000);
        assertThat(schema.number("SELECT sum(size) FROM %s.pending")).isEqualTo(3_000);
    }

    @Test
    void stepsAtTheSameTimeTakeTurns() throws Exception {
        givenFailed(600);
        BulkStore bulk = schema.store().bulk();
        BulkOperation operation = bulk.start(RETRY, "ada", RUNNER, LEASE).block(PATIENCE);
        CompletableFuture<List<BulkOperation>> steps;
        try (Connection other = schema.server().jdbc();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + schema.name() + ".pending IN SHARE MODE");
            steps = Flux.range(0, 2)
                    .flatMap(caller -> bulk.step(operation.id(), RUNNER, LEASE))
                    .collectList()
                    .toFuture();
            // One is in the middle of its chunk, and the other waits for it.
            await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 2);
            other.commit();
        }

        assertThat(steps.get(10, SECONDS)).extracting(BulkOperation::done).containsExactlyInAnyOrder(250L, 500L);
        assertThat(latest().raced()).isZero();
    }

    @Test
    void jobsThatAreClaimedAndCancelledAtTheSameTimeEndOnce() {
        AtomicInteger handled = new AtomicInteger();
        JobEngine engine = start(JobEngine.builder(openStore())
                .queue("default", queue -> queue.concurrency(7))
                .subscribe(GRIND, job -> Mono.fromRunnable(handled::incrementAndGet)));
        engine.client()
                .enqueueAll(IntStream.range(0, 20_000)
                        .mapToObj(nr -> GRIND.job("sack " + nr))
                        .toList())
                .block(PATIENCE);

        assertThat(desk.bulk().start(CANCEL).block(PATIENCE)).isNotNull();

        BulkOperation end = ended();
        assertThat(end.state()).isEqualTo(BulkState.DONE);
        await().atMost(ofSeconds(10)).until(() -> handled.get() + end.done() == 20_000);
        assertThat(end.done()).isPositive();
        assertThat(schema.number("SELECT count(*) FROM %s.tombstone WHERE state = 'CANCELLED'"))
                .isEqualTo(end.done());
    }

    @Test
    void setsThatOthersHaveLockedAreLookedAtAgain() throws SQLException {
        BulkStore bulk = schema.store().bulk();
        enqueueSet(200);
        try (Connection claim = schema.server().jdbc();
                Statement statement = claim.createStatement()) {
            claim.setAutoCommit(false);
            statement.execute("SELECT FROM " + schema.name() + ".pending FOR UPDATE");
            enqueueSet(100);
            BulkOperation operation = bulk.start(CANCEL, "ada", RUNNER, LEASE).block(PATIENCE);

            BulkOperation first = bulk.step(operation.id(), RUNNER, LEASE).block(PATIENCE);
            claim.rollback();
            assertThat(first.state()).isEqualTo(BulkState.RUNNING);
            assertThat(first.done()).isEqualTo(100);

            assertCounts(lastStep(operation), 300);
        }
        assertThat(schema.number("SELECT count(*) FROM %s.pending")).isZero();
    }

    @Test
    void setsThatStayLockedHaveRaced() throws SQLException {
        enqueueSet(300);
        try (Connection claim = schema.server().jdbc();
                Statement statement = claim.createStatement()) {
            claim.setAutoCommit(false);
            statement.execute("SELECT FROM " + schema.name() + ".pending FOR UPDATE");
            enqueueSet(200);

            BulkOperation end = lastStep(
                    schema.store().bulk().start(CANCEL, "ada", RUNNER, LEASE).block(PATIENCE));

            assertThat(List.of(end.matched(), end.done(), end.raced())).containsExactly(500L, 200L, 300L);
            claim.rollback();
        }
    }

    /** First among more of another kind than a chunk looks at. */
    @Test
    void jobsThatWaitForOneMomentAreCancelledInChunks() {
        schema.execute("""
                INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)
                SELECT n, 4, 'default', CASE WHEN n % 2500 < 2100 THEN 'mill' ELSE 'grind' END, '1'
                FROM generate_series(2, 5000) AS n;
                INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)
                SELECT '2100-01-01', 0, 1, 4, 0, 'default', kind, int8multirange(int8range(id, id + 1))
                FROM SCHEMA.job ORDER BY id
                """.replace("SCHEMA", schema.name()));
        BulkStore bulk = schema.store().bulk();

        assertCounts(lastStep(bulk.start(CANCEL_GRIND, "ada", RUNNER, LEASE).block(PATIENCE)), 800);
        assertThat(schema.number("SELECT count(*) FROM %s.pending WHERE kind = 'mill'"))
                .isEqualTo(4_199);

        assertCounts(lastStep(bulk.start(CANCEL, "ada", RUNNER, LEASE).block(PATIENCE)), 4_199);
        assertThat(schema.number("SELECT count(*) FROM %s.pending")).isZero();
    }

    private void enqueueSet(int jobs) {
        assertThat(JobClient.create(schema.store())
                        .enqueueAll(IntStream.range(0, jobs)
                                .mapToObj(nr -> GRIND.job("sack " + nr))
                                .toList())
                        .block(PATIENCE))
                .hasSize(jobs);
    }

    private BulkOperation lastStep(BulkOperation operation) {
        return schema.store()
                .bulk()
                .step(operation.id(), RUNNER, LEASE)
                .repeat(40)
                .takeUntil(after -> after.state().isEnded())
                .blockLast(PATIENCE);
    }
}
