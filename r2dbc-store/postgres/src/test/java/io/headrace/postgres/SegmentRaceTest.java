package io.headrace.postgres;

import static io.headrace.postgres.OldJobs.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.RetryReport;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Segments go while others write, retry and tidy: they wait or go, and nothing is lost. */
@OnEachServer
class SegmentRaceTest extends BusySegmentTests {

    SegmentRaceTest(TestServer server) {
        super(server);
    }

    @Test
    void aJobThatIsCommittedLateIsNotLost() throws SQLException {
        long first = old.firstId(20);
        old.completed(first, 100, 19);

        try (Connection slow = schema.server().jdbc();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(old.pendingStatements(first + 100, 3));
            assertThat(prune().block(PATIENCE)).isZero();
            assertThat(old.segmentsOf("job")).isEqualTo(1);
            slow.commit();
        }
        old.lookAgain();

        assertThat(prune().block(PATIENCE)).isEqualTo(100);
        assertThat(old.segmentsOf("job")).isZero();
        assertThat(claim()).hasSize(3);
    }

    @Test
    void aTombstoneThatIsRetriedAtThatMomentIsNotLost() throws SQLException {
        long id = old.firstId(20);
        old.failed(id, 19);
        old.completed(id + 1, 100, 19);

        try (Connection person = schema.server().jdbc();
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            retry(statement, id);
            assertThat(prune().block(PATIENCE)).isZero();
            person.commit();
        }
        old.lookAgain();

        assertThat(prune().block(PATIENCE)).isEqualTo(100);
        assertThat(old.rowsIn("job_default")).isEqualTo(1);
        assertThat(schema.store()
                        .inspector()
                        .find(new JobId(id))
                        .block(PATIENCE)
                        .state())
                .isEqualTo(JobState.PENDING);
        assertThat(claim()).hasSize(1);
    }

    @Test
    void aTombstoneWhoseRowIsInTheDefaultPartitionIsRetriedAtThatMoment() throws SQLException {
        long id = old.firstId(30);
        old.failed(id, 19);
        old.completed(id + 1, 100, 19);

        try (Connection person = schema.server().jdbc();
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            retry(statement, id);
            assertThat(prune().block(PATIENCE)).isEqualTo(100);
            person.commit();
        }

        assertThat(claim()).hasSize(1);
    }

    @Test
    void aTombstoneThatIsRetriedAfterTheLookAndBeforeTheLockIsNotLost() throws SQLException {
        long id = old.firstId(20);
        old.failed(id, 19);
        schema.execute(named("CREATE FUNCTION %s.at_the_gate() RETURNS void LANGUAGE sql AS"
                + " 'SELECT pg_advisory_xact_lock_shared(4711)';"
                + " ALTER FUNCTION %s.lock_segment(text, text) RENAME TO lock_segment_then;"
                + " CREATE FUNCTION %s.lock_segment(of text, leaf text) RETURNS void LANGUAGE sql AS"
                + " 'SET LOCAL lock_timeout = 0; SELECT %s.at_the_gate(); SELECT %s.lock_segment_then(of, leaf)'"));

        try (Connection gate = schema.server().jdbc();
                Statement keeper = gate.createStatement()) {
            keeper.execute("SELECT pg_advisory_lock(4711)");
            CompletableFuture<Long> pruned = prune().toFuture();
            await().atMost(PATIENCE)
                    .until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                                    + " AND objid = 4711 AND NOT granted")
                            > 0);
            CompletableFuture<RetryReport> retried = schema.store()
                    .decisions()
                    .retryFailed(FailedJobs.byId(List.of(new JobId(id))))
                    .toFuture();
            await().atMost(PATIENCE)
                    .until(() -> retried.isDone()
                            || schema.number(named("SELECT count(*) FROM pg_locks WHERE NOT granted"
                                            + " AND relation IN (SELECT i.inhrelid FROM pg_inherits i"
                                            + " WHERE i.inhparent = '%s.job'::regclass)"))
                                    > 0);
            keeper.execute("SELECT pg_advisory_unlock(4711)");

            assertThat(retried.join().retried()).isEqualTo(1);
            assertThat(pruned.join()).isZero();
        }

        schema.audit();
        assertThat(claim()).hasSize(1);
    }

    /** As retry_failed.sql does it. */
    private void retry(Statement statement, long id) throws SQLException {
        statement.execute(("PREPARE retry (bigint[], text, text, bigint, bigint, integer, timestamptz) AS "
                + Statements.of(new SchemaName(schema.name())).named("operate/retry_failed")));
        statement.execute("EXECUTE retry (ARRAY[" + id + "], NULL, NULL, NULL, -1, 10, NULL)");
    }

    @Test
    void manyRetriesWhileSegmentsGo() {
        for (int days = 19; days > 9; days--) {
            old.segments(days);
        }
        for (int days = 20; days > 9; days--) {
            long first = old.firstId(days);
            old.completed(first + 1_000, 100, days - 1);
            for (int i = 0; i < 20; i++) {
                old.failed(first + i, days - 1);
            }
        }
        CompletableFuture<Long> pruned = prune().toFuture();
        PostgresJobStore other = schema.open(9);
        CompletableFuture<Long> prunedToo =
                other.decisions().pruneCompleted(RETENTION).toFuture();

        long retried = schema.store()
                .decisions()
                .retryFailed(FailedJobs.ofKind("grind"))
                .block(PATIENCE)
                .retried();

        assertThat(retried).isEqualTo(220);
        assertThat(pruned.join() + prunedToo.join()).isLessThanOrEqualTo(1_100);
        other.close().block(PATIENCE);
        schema.audit();
        old.lookAgain();
        assertThat(prune().block(PATIENCE)).isNotNegative();
        assertThat(old.segmentsOf("job")).isZero();
        assertThat(claim()).hasSize(220);
    }

    @Test
    void twoEnginesLeaveItToOneOfThem() {
        for (int days = 19; days > 9; days--) {
            old.segments(days);
        }
        for (int days = 20; days > 9; days--) {
            old.completed(old.firstId(days), 100, days - 1);
            old.pending(old.firstId(days) + 100, 1);
        }
        PostgresJobStore other = schema.open(9);
        CompletableFuture<Long> one = prune().toFuture();
        CompletableFuture<Long> two =
                other.decisions().pruneCompleted(RETENTION).toFuture();
        long forgotten = one.join() + two.join();
        forgotten += prune().block(PATIENCE);
        other.close().block(PATIENCE);

        assertThat(forgotten).isEqualTo(1_100);
        assertThat(old.segmentsOf("job")).isZero();
        assertThat(schema.number("SELECT sum(completed) FROM %s.total")).isEqualTo(1_100);
        assertThat(claim()).hasSize(11);
    }

    @Test
    void itIsRefusedWhereItWouldNotSeeWhatWasCommittedMeanwhile() {
        assertThatThrownBy(() -> schema.execute(named("BEGIN ISOLATION LEVEL REPEATABLE READ;"
                        + " SELECT * FROM %s.tidy(interval '7 days', interval '42 hours'); COMMIT")))
                .hasStackTraceContaining("run it in READ COMMITTED");
    }

    @Test
    void theStoreSeesItWhateverTheDatabasesDefault() {
        long first = old.firstId(20);
        old.completed(first, 100, 19);
        String user = schema.server().user();
        schema.execute("ALTER ROLE " + user + " SET default_transaction_isolation = 'repeatable read'");
        PostgresJobStore store = schema.open(9);
        try {
            assertThat(store.decisions().pruneCompleted(RETENTION).block(PATIENCE))
                    .isEqualTo(100);
        } finally {
            store.close().block(PATIENCE);
            schema.execute("ALTER ROLE " + user + " RESET default_transaction_isolation");
        }
    }
}
