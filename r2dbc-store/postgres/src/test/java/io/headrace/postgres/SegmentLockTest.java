package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments go while others read: whoever tries for a lock waits a moment, and delays nobody. */
@OnEachServer
class SegmentLockTest extends BusySegmentTests {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    SegmentLockTest(TestServer server) {
        super(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM %s.job",
                "LOCK TABLE ONLY %s.job IN ACCESS SHARE MODE",
                "LOCK TABLE ONLY %s.job_default IN ACCESS SHARE MODE",
                "SELECT count(*) FROM %s.segment s, LATERAL (SELECT count(*) FROM %s.job) AS j"
            })
    void aReaderDelaysItAndClaimsGoOn(String reading) throws SQLException {
        long first = old.firstId(20);
        old.completed(first, 100, 19);
        old.pending(first + 100, 5);

        try (Connection reader = schema.server().jdbc();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute(named(reading));
            assertThat(prune().block(PATIENCE)).isZero();
            assertThat(old.segmentsOf("job")).isEqualTo(1);
            assertThat(schema.number("SELECT count(*) FROM %s.segment WHERE said = 'WAITS' AND parent = 'job'"))
                    .isEqualTo(1);

            assertThat(JobClient.create(schema.store())
                            .enqueue(GRIND.job("rye"))
                            .block(PATIENCE))
                    .isNotNull();
            assertThat(claim()).hasSize(6);
            schema.audit();
            reader.commit();
        }
        old.lookAgain();

        assertThat(prune().block(PATIENCE)).isEqualTo(100);
        assertThat(old.segmentsOf("job")).isZero();
        assertThat(old.rowsIn("job_default")).isEqualTo(6);
    }

    @Test
    void claimsGoOnWhileItTriesForTheLock() throws SQLException {
        old.completed(old.firstId(20), 100, 19);
        try (Connection reader = schema.server().jdbc();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute(named("LOCK TABLE ONLY %s.job IN ACCESS SHARE MODE"));
            JobClient client = JobClient.create(schema.store());
            CompletableFuture<Long> trying = CompletableFuture.supplyAsync(() -> {
                long forgotten = 0;
                for (int round = 0; round < 20; round++) {
                    forgotten += prune().block(PATIENCE);
                    old.lookAgain();
                }
                return forgotten;
            });
            int claimed = 0;
            while (!trying.isDone()) {
                client.enqueue(GRIND.job("rye")).block(PATIENCE);
                long began = System.nanoTime();
                claimed += claim().size();
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(trying.join()).isZero();
            assertThat(claimed).isPositive();
            reader.rollback();
        }
    }

    @Test
    void whoReadsTheDefaultPartitionForLongNeverMakesClaimsWaitForTheProof() throws SQLException {
        long first = old.firstId(20);
        old.completed(first, 2_500, 19);
        old.pending(first + 2_500, 2_001);
        schema.execute(named(
                "CREATE OR REPLACE FUNCTION %s.is_small(of text) RETURNS boolean LANGUAGE sql" + " AS 'SELECT false'"));
        noteTheLockTimeoutOf("prove_apart(of text, starts timestamptz, ends timestamptz)", "of, starts, ends");

        try (Connection reader = schema.server().jdbc();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute(named("SELECT count(*) FROM %s.job_default"));
            assertThat(prune().block(PATIENCE)).isZero();
            assertThat(schema.number("SELECT count(*) FROM %s.segment WHERE said = 'WAITS' AND parent = 'job'"))
                    .as("it came as far as the proof")
                    .isEqualTo(1);
            assertThat(schema.number("SELECT last_value FROM %s.patience"))
                    .as("lock_timeout at the proof, in milliseconds")
                    .isBetween(1L, 20L);
            JobClient.create(schema.store()).enqueue(GRIND.job("rye")).block(PATIENCE);
            assertThat(claim()).hasSize(2_002);
            reader.commit();
        }
    }

    /** The longest of all its calls, in a sequence: what is rolled back is noted as well. */
    private void noteTheLockTimeoutOf(String function, String arguments) {
        String name = function.substring(0, function.indexOf('('));
        schema.execute(named("CREATE SEQUENCE %s.patience MINVALUE 0; ALTER FUNCTION %s." + name + " RENAME TO " + name
                + "_then; CREATE FUNCTION %s." + function + " RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM setval('%s.patience', greatest((SELECT last_value FROM %s.patience),"
                + " (extract(epoch FROM current_setting('lock_timeout')::interval) * 1000)::bigint));"
                + " RETURN %s." + name + "_then(" + arguments + "); END $$"));
    }

    @Test
    void noFunctionWaitsForALockForLongerThanTwentyMilliseconds() {
        assertThat(schema.number("SELECT count(*) FROM pg_proc p, unnest(p.proconfig) AS setting"
                        + " WHERE p.pronamespace = '%s'::regnamespace AND p.proname = 'tidy'"
                        + " AND setting = 'lock_timeout=20ms'"))
                .as("what holds wherever nothing else is said")
                .isEqualTo(1);
        assertThat(schema.number("SELECT max(said[1]::integer) FROM pg_proc p,"
                        + " regexp_matches(p.prosrc, '''lock_timeout'', ''(\\d+)ms''', 'g') AS said"
                        + " WHERE p.pronamespace = '%s'::regnamespace"))
                .as("what is said")
                .isBetween(1L, 20L);
    }
}
