package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.SharingProxy;
import io.headrace.postgres.TestServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code headrace doctor} finds. */
class DoctorTest {

    private final OwnSchema schema = OwnSchema.migrated();
    private final String role = schema.name() + "_doctor";

    /** A role with which nothing is wrong, however the server is set up. */
    @BeforeEach
    void makeRole() {
        schema.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret' IN ROLE pg_read_all_stats");
        schema.execute("ALTER ROLE " + role + " SET synchronous_commit = on");
        schema.execute("GRANT USAGE ON SCHEMA %s TO " + role + "; GRANT ALL ON ALL TABLES IN SCHEMA %s TO " + role
                + "; GRANT ALL ON ALL SEQUENCES IN SCHEMA %s TO " + role);
    }

    @AfterEach
    void audit() {
        schema.audit();
        schema.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        schema.close();
    }

    private String url(int port) {
        TestServer server = TestServer.newest();
        return "postgresql://" + role + ":secret@" + (port == server.port() ? server.host() : "127.0.0.1") + ":" + port
                + "/" + server.database();
    }

    private Ran doctor(String... options) {
        return schema.runAs(url(TestServer.newest().port()), "doctor", options);
    }

    /** It is the only one, the command ends with 4, and it is said what to do. */
    private static void finds(Ran ran, String code, String what, String remedy) {
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(4);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("{\"ok\":false,\"problems\":[{\"code\":\"" + code + "\",")
                .containsOnlyOnce("\"remedy\":")
                .contains(what, remedy)
                .hasLineCount(1);
    }

    @Test
    void aDatabaseThatIsWellEndsWithZero() {
        Ran ran = doctor();

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("server      ", "PostgreSQL ", "round trip")
                .endsWith("\nNo problems found.\n");
        assertThat(doctor("--json").out()).startsWith("{\"ok\":true,\"problems\":[],\"readings\":[{\"code\":\"SERVER_");
    }

    @Test
    void aProblemIsSaidWithWhatToDo() {
        schema.execute("UPDATE %s.schema_version SET generation = 2");

        Ran ran = doctor();

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.out())
                .contains("\nerror       Schema '" + schema.name() + "' has generation 2", "\nwhat to do  Deploy ")
                .endsWith("\n1 problem found.\n");
    }

    @Test
    void missingRights() {
        schema.execute("REVOKE INSERT ON %s.pending FROM " + role);

        finds(doctor("--json"), "RIGHTS_MISSING", "INSERT ON " + schema.name() + ".pending", "GRANT INSERT ON ");
    }

    @Test
    void theWrongVersion() {
        schema.execute("UPDATE %s.schema_version SET generation = 2");
        finds(doctor("--json"), "SCHEMA_NEWER", "generation 2", "Deploy");
        schema.execute("UPDATE %s.schema_version SET generation = 1, migration = 'V0__before'");
        finds(doctor("--json"), "SCHEMA_OLDER", "V1__core", "headrace migrate");

        Ran missing = Ran.run(
                schema.environment(url(TestServer.newest().port())), "doctor", "--json", "--schema", "headrace_none");
        finds(missing, "SCHEMA_MISSING", "headrace_none", "headrace migrate");
    }

    @Test
    void aPoolerInTransactionModeWithNotifications() throws IOException {
        try (SharingProxy pooler = new SharingProxy(TestServer.newest())) {
            String url = url(pooler.port());

            finds(schema.runAs(url, "doctor", "--json"), "TRANSACTION_POOLER", "refuses", "notifications(false)");
            Ran without = schema.runAs(url, "doctor", "--pooler");
            assertThat(without.code()).as(without.out()).isZero();

            Ran refused = schema.runAs(url, "status");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("Here, that is --pooler").hasLineCount(1);
            assertThat(schema.runAs(url, "status", "--pooler").code()).isZero();
            assertThat(schema.runAs(url, "status", "--pooler").code()).isZero();
        }
    }

    @Test
    void anOldSnapshot() throws SQLException {
        try (Connection reader = TestServer.newest().jdbc()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            reader.createStatement().execute("SELECT 1");

            finds(doctor("--json", "--longest-snapshot", "0s"), "OLD_SNAPSHOT", "idle in", "pg_terminate_backend(");
            assertThat(doctor().code()).isZero();
        }
    }

    @Test
    void autovacuumThatIsOff() {
        schema.execute("ALTER TABLE %s.lease SET (autovacuum_enabled = off)");

        finds(doctor("--json"), "AUTOVACUUM_OFF", schema.name() + ".lease", "RESET (autovacuum_enabled)");
    }

    @Test
    void commitsThatDoNotWaitForTheDisk() {
        schema.execute("ALTER ROLE " + role + " SET synchronous_commit = off");

        finds(doctor("--json"), "SYNCHRONOUS_COMMIT_OFF", "loses", "SET synchronous_commit = on");
    }

    @Test
    void clocksThatDiffer() {
        Ran ran = Ran.at(
                () -> Instant.now().plusSeconds(5),
                schema.environment(url(TestServer.newest().port())),
                "doctor",
                "--json",
                "--schema",
                schema.name());

        finds(ran, "CLOCK_SKEW", "behind", "chrony");
    }

    @Test
    void aQueueThatWaitsWithoutAnEngine() {
        schema.run("enqueue", "send-letter", "{}", "--queue", "mail");

        finds(doctor("--json"), "NO_ENGINE_ON_QUEUE", "'mail'", "Start an engine");
    }

    @Test
    void tooFewConnections() {
        assertThat(schema.store()
                        .workers()
                        .register("one", Set.of("mail"), Duration.ofMinutes(1), false)
                        .block(OwnSchema.PATIENCE))
                .isPositive();
        schema.execute("ALTER ROLE " + role + " CONNECTION LIMIT 8");

        finds(doctor("--json"), "TOO_FEW_CONNECTIONS", "of the 8 connections", "at least 9");
    }

    @Test
    void aQueueThatIsPausedForADay() {
        schema.run("queue", "pause", "mail");
        schema.execute("UPDATE %s.queue SET paused_at = paused_at - interval '25 hours'");

        finds(doctor("--json"), "QUEUE_PAUSED", "1 d 1 h", "headrace queue resume mail");
    }
}
