package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.r2dbc.spi.IsolationLevel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Jobs that are leased in the transaction that enqueues them: they start with its commit, and only then. */
@OnEachServer
class LeaseInTransactionTest extends EngineTests {

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
    private final Counting counting;
    private ReportingTransaction transaction;

    LeaseInTransactionTest(TestServer server) {
        super(server);
        counting = new Counting(openStore());
    }

    @AfterEach
    void endTransaction() {
        transaction.close();
    }

    /** An engine that looks by itself twice a day. */
    private JobEngine idle(int slots, UnaryOperator<JobEngine.Builder> settings) {
        JobEngine engine = start(settings.apply(JobEngine.builder(counting.proxy())
                .queue("default", q -> q.concurrency(slots).prefetch(0).pollInterval(ofHours(12)))
                .subscribe(
                        GRIND,
                        job -> Mono.fromRunnable(() -> {
                            attempts.add(job.attempt());
                            handled.add(job.payload());
                        }))));
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM %s.worker WHERE idle_queues <> '{}'") == 1);
        transaction = ReportingTransaction.begin(schema);
        return engine;
    }

    private JobEngine idle() {
        return idle(
                2, e -> e.heartbeatInterval(ofHours(1)).workerExpiry(ofHours(2)).sweepInterval(ofHours(1)));
    }

    /** Nothing is on its way that an engine does by itself. */
    private JobEngine quiet() {
        JobEngine engine = idle();
        counting.awaitQuiet();
        return engine;
    }

    private JobId enqueue(JobEngine engine, String payload) {
        return engine.client()
                .in(transaction)
                .enqueue(GRIND.job(payload))
                .block(PATIENCE)
                .id();
    }

    private void awaitHandled(String... payloads) {
        await().atMost(PATIENCE).until(() -> handled.containsAll(List.of(payloads)));
    }

    private void nothingIsLeft() {
        await().atMost(PATIENCE).until(() -> schema.number("SELECT count(*) FROM %s.lease") == 0);
    }

    @Test
    void theCommitStartsTheHandlerWithoutAClaim() {
        JobEngine engine = quiet();
        enqueue(engine, "rye");
        engine.client().in(transaction).enqueueAll(List.of(GRIND.job("oats"))).block(PATIENCE);
        assertThat(transaction.leased()).isEqualTo(2);
        assertThat(handled).as("before the commit").isEmpty();
        assertThat(counting.calls()).isEmpty();

        transaction.commit();

        awaitHandled("rye", "oats");
        nothingIsLeft();
        assertThat(counting.calls()).containsOnly("settle");
    }

    /** Each takes its own commit and a part of a flush, where a claim used to be between them. */
    @Test
    void fiftyRequestsMakeNoClaim() {
        JobEngine engine = idle(
                60,
                e -> e.heartbeatInterval(ofHours(1)).workerExpiry(ofHours(2)).sweepInterval(ofHours(1)));
        counting.awaitQuiet();
        for (int i = 0; i < 50; i++) {
            enqueue(engine, "sack " + i);
            transaction.commit();
            transaction.beginAnew();
        }

        await().atMost(PATIENCE).until(() -> handled.size() == 50);
        nothingIsLeft();
        assertThat(transaction.leased()).isEqualTo(50);
        assertThat(counting.calls()).containsOnly("settle").hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void aRollbackLeavesNothingAndFreesTheSlots() {
        JobEngine engine = idle();
        enqueue(engine, "rye");
        enqueue(engine, "oats");

        transaction.rollback();

        assertThat(engine.operator().audit().block(PATIENCE).jobs()).isZero();
        transaction = ReportingTransaction.begin(schema);
        enqueue(engine, "wheat");
        enqueue(engine, "barley");
        assertThat(transaction.leased()).isEqualTo(2);
        transaction.commit();
        awaitHandled("wheat", "barley");
        assertThat(handled).hasSize(2);
    }

    @Test
    void moreThanHasSlotsIsPending() {
        JobEngine engine = idle();
        enqueue(engine, "rye");
        enqueue(engine, "oats");
        enqueue(engine, "wheat");
        assertThat(transaction.leased()).isEqualTo(2);

        transaction.commit();

        awaitHandled("rye", "oats", "wheat");
    }

    /** The slots are held for a tenth of the expiry. */
    @Test
    void aCommitThatComesLateHandsTheLeaseBackUncharged() {
        JobEngine engine = idle(2, e -> e.heartbeatInterval(ofMillis(500)).workerExpiry(ofSeconds(1)));
        enqueue(engine, "rye");
        enqueue(engine, "oats");
        engine.client().enqueue(GRIND.job("wheat")).block(PATIENCE);
        awaitHandled("wheat");
        assertThat(handled).as("slots are free again, and nothing is committed").hasSize(1);

        transaction.commit();

        awaitHandled("rye", "oats");
        assertThat(attempts).containsOnly(1);
    }

    /** Under a savepoint nothing is leased: Spring's news of the commit says nothing about what was undone before. */
    @Test
    void aSavepointThatIsRolledBackTakesItsJobsWithIt() {
        JobEngine engine = idle();
        enqueue(engine, "rye");
        transaction.run("SAVEPOINT a");
        enqueue(engine, "undone");
        transaction.run("ROLLBACK TO SAVEPOINT a");

        transaction.commit();

        awaitHandled("rye");
        nothingIsLeft();
        assertThat(engine.operator().audit().block(PATIENCE).jobs()).isOne();
        assertThat(transaction.leased()).isOne();
        assertThat(handled).hasSize(1);
    }

    @Test
    void jobsOfAnInnerSavepointRunWithTheCommitOfAll() {
        JobEngine engine = idle();
        transaction.run("SAVEPOINT a");
        transaction.run("SAVEPOINT b");
        JobId id = enqueue(engine, "kept");
        transaction.run("RELEASE SAVEPOINT b");
        transaction.run("RELEASE SAVEPOINT a");
        enqueue(engine, "behind it");

        transaction.commit();

        assertThat(transaction.leased()).as("something older waits").isZero();
        awaitHandled("kept", "behind it");
        awaitState(id, JobState.COMPLETED);
        assertThat(attempts).containsOnly(1);
    }

    @Test
    void aSavepointThatBeganLaterDoesNotMatter() {
        JobEngine engine = idle();
        enqueue(engine, "rye");
        transaction.run("SAVEPOINT a");
        transaction.run("ROLLBACK TO SAVEPOINT a");
        enqueue(engine, "oats");
        transaction.run("RELEASE SAVEPOINT a");

        transaction.commit();

        awaitHandled("rye", "oats");
        assertThat(transaction.leased()).isOne();
    }

    @Test
    void aTransactionThatFailedCommitsNothing() {
        JobEngine engine = idle();
        enqueue(engine, "rye");
        assertThat(catchThrowable(() -> transaction.run("SELECT 1 / 0"))).isNotNull();

        assertThat(catchThrowable(transaction::commit))
                .as("PostgreSQL rolls back")
                .isNotNull();

        assertThat(engine.operator().audit().block(PATIENCE).jobs()).isZero();
        assertThat(handled).isEmpty();
    }

    @Test
    void aCommitWhoseNewsIsLostComesBackByTheHeartbeat() {
        JobEngine engine = idle(2, e -> e.heartbeatInterval(ofMillis(200)).workerExpiry(ofSeconds(30)));
        enqueue(engine, "rye");
        transaction.run("UPDATE " + schema.name() + ".lease SET leased_at = leased_at - interval '1 minute'");

        transaction.commitSilently();

        awaitHandled("rye");
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void anEngineThatStopsMeanwhileHandsTheLeaseBack() {
        JobEngine engine = idle();
        JobId id = enqueue(engine, "rye");
        Mono<Void> stopping = engine.stop(ofSeconds(5)).cache();
        stopping.subscribe();

        transaction.commit();

        stopping.block(PATIENCE);
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(handled).isEmpty();
        startAnother();
        awaitHandled("rye");
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void aCommitAfterTheEnginesEndHandsTheLeaseBack() {
        JobEngine engine = idle(2, e -> e.heartbeatInterval(ofMillis(500)).workerExpiry(ofSeconds(1)));
        JobId id = enqueue(engine, "rye");
        engine.stop(ofSeconds(5)).block(PATIENCE);

        transaction.commit();

        awaitState(id, JobState.PENDING);
        startAnother();
        awaitHandled("rye");
        assertThat(attempts).containsExactly(1);
    }

    private JobEngine startAnother() {
        return start(JobEngine.builder(openStore())
                .subscribe(
                        GRIND,
                        job -> Mono.fromRunnable(() -> {
                            attempts.add(job.attempt());
                            handled.add(job.payload());
                        })));
    }

    @Test
    void aPausedQueueKeepsItsJobs() {
        JobEngine engine = idle();
        schema.execute("INSERT INTO " + schema.name() + ".queue (name, paused_at) VALUES ('default', now())");
        JobId id = enqueue(engine, "rye");

        transaction.commit();

        assertThat(transaction.leased()).isZero();
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        engine.operator().resume("default").block(PATIENCE);
        awaitHandled("rye");
    }

    @Test
    void whatIsDueAlreadyGoesFirst() {
        JobEngine engine = idle(
                1, e -> e.heartbeatInterval(ofHours(1)).workerExpiry(ofHours(2)).sweepInterval(ofHours(1)));
        // As one that committed without a notification.
        schema.execute(String.format(
                "WITH b AS (SELECT %1$s.next_block() AS id), j AS (INSERT INTO %1$s.job (id, queue, kind, priority, payload)"
                        + " SELECT id, 'default', 'grind', 4, '\"older\"' FROM b)"
                        + " INSERT INTO %1$s.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " SELECT now(), 0, 1, 4, 0, 'default', 'grind', int8multirange(int8range(id, id, '[]')) FROM b",
                schema.name()));
        enqueue(engine, "younger");

        transaction.commit();

        assertThat(transaction.leased()).isZero();
        awaitHandled("older", "younger");
        assertThat(handled).containsExactly("older", "younger");
    }

    @Test
    void theEngineWhoseClientEnqueuedRunsIt() {
        JobEngine engine = quiet();
        startAnother();
        enqueue(engine, "rye");

        transaction.commit();

        awaitHandled("rye");
        nothingIsLeft();
        assertThat(counting.calls()).doesNotContain("claim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPEATABLE READ", "SERIALIZABLE"})
    void aTransactionWithAnOldSnapshotLeasesNothing(String level) {
        JobEngine engine = idle();
        transaction.close();
        transaction = ReportingTransaction.begin(schema, IsolationLevel.valueOf(level));
        enqueue(engine, "rye");

        transaction.commit();

        assertThat(transaction.leased()).isZero();
        awaitHandled("rye");
    }

    @Test
    void aTransactionOnAnotherSchemaLeasesNothing() {
        JobEngine engine = idle();
        transaction.close();
        TestSchema elsewhere = new TestSchema(schema.server());
        try {
            transaction = ReportingTransaction.begin(elsewhere);
            JobId id = enqueue(engine, "rye");

            transaction.commit();

            assertThat(transaction.leased()).isZero();
            assertThat(elsewhere.store().inspector().find(id).block(PATIENCE).state())
                    .isEqualTo(JobState.PENDING);
            assertThat(engine.client().find(id).block(PATIENCE)).isNull();
        } finally {
            elsewhere.close();
        }
    }

    /** The transaction may have begun so long ago that a heartbeat would take the lease back at once. */
    @Test
    void aLeaseBeginsWithItsStatement() {
        JobEngine engine = idle();
        enqueue(engine, "rye");

        assertThat(transaction.number("SELECT count(*) FROM " + schema.name() + ".lease WHERE leased_at > now()"
                        + " AND run_at = leased_at AND deadline_at > now() + interval '1 minute'"))
                .isOne();
        transaction.commit();
        awaitHandled("rye");
    }

    /** Heartbeats, pauses and claims of others go on however long the transaction is open. */
    @Test
    void anOpenTransactionLocksNothingThatOthersNeed() {
        JobEngine engine = idle();
        enqueue(engine, "rye");

        schema.execute("SET lock_timeout = '1s'; BEGIN; SELECT * FROM " + schema.name()
                + ".worker FOR UPDATE; SELECT * FROM " + schema.name() + ".queue FOR UPDATE; SELECT * FROM "
                + schema.name() + ".lease FOR UPDATE; COMMIT");

        transaction.commit();
        awaitHandled("rye");
    }
}
