package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import io.r2dbc.spi.IsolationLevel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that are leased in the transaction that enqueues them: they start with its commit, and only then. */
@OnEachServer
class LeaseInTransactionTest extends LeaseInTransactionTests {

    LeaseInTransactionTest(TestServer server) {
        super(server);
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
        JobEngine engine = quiet();
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
}
