package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.StoreException;
import io.headrace.operate.Diagnosis;
import io.headrace.operate.Problem;
import io.headrace.operate.Reading;
import io.headrace.operate.Severity;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each problem of a database is found if it is there, and only then. */
@OnEachServer
class DoctorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestSchema schema;
    private final TestServer asRole;
    private final String role;

    DoctorTest(TestServer server) {
        this.schema = TestSchema.reused(server);
        this.role = schema.name() + "_doctor";
        this.asRole = new TestServer(server.name(), server.host(), server.port(), server.database(), role, "secret");
    }

    /** A role with which nothing is wrong, however the server is set up. */
    @BeforeEach
    void makeRole() {
        schema.execute(("CREATE ROLE ROLE LOGIN PASSWORD 'secret' IN ROLE pg_read_all_stats;"
                        + " ALTER ROLE ROLE SET synchronous_commit = on; GRANT USAGE ON SCHEMA %s TO ROLE;"
                        + " GRANT ALL ON ALL TABLES IN SCHEMA %s TO ROLE; GRANT ALL ON ALL SEQUENCES IN SCHEMA %s TO ROLE")
                .replace("ROLE ROLE", "ROLE " + role)
                .replace("TO ROLE", "TO " + role)
                .replace("%s", schema.name()));
    }

    @AfterEach
    void dropRole() {
        schema.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        schema.audit();
        schema.close();
    }

    private PostgresDoctor doctor() {
        return PostgresDoctor.of(asRole.connectionFactory()).schema(schema.name());
    }

    private Diagnosis diagnosis() {
        return doctor().diagnose().block(PATIENCE);
    }

    /** The only one that is found. */
    private static Problem only(Diagnosis diagnosis, String code) {
        assertThat(diagnosis.problems()).extracting(Problem::code).containsExactly(code);
        assertThat(diagnosis.isOk()).isFalse();
        return diagnosis.problems().get(0);
    }

    @Test
    void nothingIsWrongWithADatabaseThatIsWell() {
        Diagnosis diagnosis = diagnosis();

        assertThat(diagnosis.problems()).isEmpty();
        assertThat(diagnosis.readings())
                .extracting(Reading::code)
                .contains(
                        "SERVER_VERSION",
                        "ROLE",
                        "SCHEMA",
                        "RIGHTS",
                        "SYNCHRONOUS_COMMIT",
                        "AUTOVACUUM",
                        "CONNECTIONS",
                        "CLOCK",
                        "OLDEST_SNAPSHOT",
                        "DEAD_ROWS",
                        "TABLE_SIZES",
                        "QUEUES");
    }

    @Test
    void missingRightsAreNamed() {
        schema.execute("REVOKE DELETE ON " + schema.name() + ".lease FROM " + role);

        Problem problem = only(diagnosis(), "RIGHTS_MISSING");
        assertThat(problem.severity()).isEqualTo(Severity.ERROR);
        assertThat(problem.what())
                .contains("DELETE ON " + schema.name() + ".lease")
                .doesNotContain("INSERT");
        assertThat(problem.remedy()).contains("GRANT DELETE ON " + schema.name() + ".lease TO ");
    }

    @Test
    void aRoleWithoutAnyRightIsToldSo() {
        schema.execute("REVOKE ALL ON ALL TABLES IN SCHEMA " + schema.name() + " FROM " + role
                + "; REVOKE USAGE ON SCHEMA " + schema.name() + " FROM " + role);

        assertThat(only(diagnosis(), "RIGHTS_MISSING").what())
                .contains("USAGE ON SCHEMA " + schema.name())
                .contains(" more");
    }

    @Test
    void aSchemaThatIsMissingIsAProblem() {
        Problem problem =
                only(doctor().schema(schema.name() + "_none").diagnose().block(PATIENCE), "SCHEMA_MISSING");

        assertThat(problem.remedy()).contains("headrace migrate");
    }

    @Test
    void aSchemaThatIsOlderOrNewerIsAProblem() {
        String table = schema.name() + ".schema_version";
        schema.execute("UPDATE " + table + " SET migration = 'V0__before'");
        assertThat(only(diagnosis(), "SCHEMA_OLDER").what()).contains("V1__core");

        schema.execute("UPDATE " + table + " SET migration = 'V1__core', generation = 2");
        assertThat(only(diagnosis(), "SCHEMA_NEWER").what()).contains("generation 2");
        schema.execute("UPDATE " + table + " SET generation = 1");
    }

    @Test
    void aPoolerInTransactionModeIsAProblemWithNotificationsOnly() throws IOException {
        try (SharingProxy pooler = new SharingProxy(schema.server())) {
            TestServer behind =
                    new TestServer("a pooler", "127.0.0.1", pooler.port(), asRole.database(), role, "secret");
            PostgresDoctor doctor =
                    PostgresDoctor.of(behind.connectionFactory()).schema(schema.name());

            assertThat(only(doctor.diagnose().block(PATIENCE), "TRANSACTION_POOLER")
                            .remedy())
                    .contains("notifications(false)");
            assertThat(doctor.notifications(false).diagnose().block(PATIENCE).problems())
                    .isEmpty();

            PostgresJobStore store = PostgresJobStore.builder(behind.connectionFactory())
                    .schema(schema.name())
                    .build();
            only(JobOperator.create(store).diagnose().block(PATIENCE), "TRANSACTION_POOLER");
            store.close().block(PATIENCE);
        }
    }

    @Test
    void anOldSnapshotIsAProblemAndWhoHoldsItIsSaid() throws SQLException {
        try (Connection reader = schema.server().jdbc()) {
            PlanPages.holdSnapshot(reader);
            long pid = schema.number("SELECT pid FROM pg_stat_activity WHERE backend_xmin IS NOT NULL"
                    + " AND state = 'idle in transaction' AND datname = current_database()");

            assertThat(diagnosis().problems()).as("it is not yet old").isEmpty();
            Problem problem =
                    only(doctor().longestSnapshot(Duration.ZERO).diagnose().block(PATIENCE), "OLD_SNAPSHOT");

            assertThat(problem.what()).contains("with pid " + pid + " (idle in transaction)");
            assertThat(problem.remedy()).contains("pg_terminate_backend(" + pid + ")");
        }
    }

    @Test
    void autovacuumThatIsOffForATableIsAProblem() {
        schema.execute("ALTER TABLE " + schema.name() + ".pending SET (autovacuum_enabled = off)");
        try {
            assertThat(only(diagnosis(), "AUTOVACUUM_OFF").what()).contains(schema.name() + ".pending");
        } finally {
            schema.execute("ALTER TABLE " + schema.name() + ".pending RESET (autovacuum_enabled)");
        }
    }

    /** For the whole server it is off only in the next test: this one is of the sessions that the role has. */
    @Test
    void countersThatAreOffAreAProblem() {
        schema.execute("ALTER ROLE " + role + " SET track_counts = off");

        assertThat(only(diagnosis(), "AUTOVACUUM_OFF").what()).contains("track_counts is off");
    }

    @Test
    void autovacuumThatIsOffIsAProblem() throws SQLException {
        setOnServer("autovacuum = off", "off");
        try {
            assertThat(only(diagnosis(), "AUTOVACUUM_OFF").what()).startsWith("autovacuum is off");
        } finally {
            setOnServer("autovacuum = on", "on");
            schema.execute("ALTER SYSTEM RESET autovacuum");
        }
    }

    /** Returns when new sessions see it. */
    private void setOnServer(String setting, String value) throws SQLException {
        schema.execute("ALTER SYSTEM SET " + setting);
        schema.execute("SELECT pg_reload_conf()");
        await().atMost(PATIENCE).until(() -> schema.text("SELECT current_setting('autovacuum')"), value::equals);
    }

    @Test
    void commitsThatDoNotWaitForTheDiskAreAProblem() {
        schema.execute("ALTER ROLE " + role + " SET synchronous_commit = off");

        assertThat(only(diagnosis(), "SYNCHRONOUS_COMMIT_OFF").severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void transactionsThatCannotWriteAreAProblem() {
        schema.execute("ALTER ROLE " + role + " SET default_transaction_read_only = on");

        assertThat(only(diagnosis(), "READ_ONLY").remedy()).contains("default_transaction_read_only");
    }

    @Test
    void clocksThatDifferByMoreThanASecondAreAProblem() {
        assertThat(only(
                                doctor().clock(() -> Instant.now().minusSeconds(3))
                                        .diagnose()
                                        .block(PATIENCE),
                                "CLOCK_SKEW")
                        .what())
                .contains(" ahead of ");
        assertThat(only(
                                doctor().clock(() -> Instant.now().plusSeconds(3))
                                        .diagnose()
                                        .block(PATIENCE),
                                "CLOCK_SKEW")
                        .what())
                .contains(" behind ");
        assertThat(doctor().clock(() -> Instant.now().plusMillis(500))
                        .diagnose()
                        .block(PATIENCE)
                        .problems())
                .isEmpty();
    }

    @Test
    void aQueueThatWaitsForAnEngineAndOneThatIsPausedForADayAreProblems() {
        schema.execute("INSERT INTO " + schema.name() + ".queue VALUES ('weir', now() - interval '25 hours')");
        assertThat(only(diagnosis(), "QUEUE_PAUSED").what()).contains("'weir' has been paused for 1 d 1 h");
        schema.execute("DELETE FROM " + schema.name() + ".queue");

        JobId id = JobClient.create(schema.store())
                .enqueue(JobType.of("grind", String.class).queue("mill").job("x"))
                .block(PATIENCE)
                .id();
        assertThat(only(diagnosis(), "NO_ENGINE_ON_QUEUE").what()).contains("'mill'");
        JobOperator.create(schema.store()).cancel(id).block(PATIENCE);
        assertThat(diagnosis().problems()).isEmpty();
    }

    @Test
    void tooFewConnectionsForTheEnginesAreAProblem() {
        schema.execute("ALTER ROLE " + role + " CONNECTION LIMIT 20");
        for (String engine : List.of("one", "two")) {
            assertThat(schema.store()
                            .workers()
                            .register(engine, Set.of("mill"), Duration.ofMinutes(1), false)
                            .block(PATIENCE))
                    .isPositive();
        }
        assertThat(diagnosis().problems()).isEmpty();
        schema.execute("ALTER ROLE " + role + " CONNECTION LIMIT 12");

        Problem problem = only(diagnosis(), "TOO_FEW_CONNECTIONS");
        assertThat(problem.what()).contains("of the 12 connections of the role", "the 2 live engines open up to 18");
        assertThat(problem.remedy()).contains("at least 18");
    }

    @Test
    void aServerWithoutAFreeConnectionIsAProblemAndNoError() {
        schema.execute("ALTER ROLE " + role + " CONNECTION LIMIT 0");

        assertThat(only(diagnosis(), "TOO_FEW_CONNECTIONS").what()).contains("no connection left");
    }

    @Test
    void aServerThatCannotBeReachedIsAnError() {
        TestServer nowhere = new TestServer("nowhere", "127.0.0.1", 1, asRole.database(), role, "secret");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> PostgresDoctor.of(nowhere.connectionFactory())
                        .diagnose()
                        .block(PATIENCE));
    }

    @Test
    void theOperatorOfAStoreSaysTheSame() {
        PostgresJobStore store = PostgresJobStore.builder(asRole.connectionFactory())
                .schema(schema.name())
                .build();
        Diagnosis diagnosis = JobOperator.create(store).diagnose().block(PATIENCE);
        store.close().block(PATIENCE);

        assertThat(diagnosis.problems()).isEmpty();
        assertThat(diagnosis.readings()).extracting(Reading::code).contains("POOLS", "CLOCK", "OLDEST_SNAPSHOT");
    }
}
