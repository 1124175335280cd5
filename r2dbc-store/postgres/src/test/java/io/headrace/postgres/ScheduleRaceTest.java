package io.headrace.postgres;

import static io.headrace.postgres.ScheduleDraft.NOON;
import static io.headrace.postgres.ScheduleDraft.PATIENCE;
import static io.headrace.postgres.ScheduleDraft.find;
import static io.headrace.postgres.ScheduleDraft.firing;
import static io.headrace.postgres.ScheduleDraft.schedule;
import static io.headrace.postgres.ScheduleDraft.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Fired;
import io.headrace.spi.StoredSchedule.History;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A schedule changes after the statement that fires it has taken its snapshot, and before it has locked the row: the statement
 * is made to wait between the two.
 */
@OnEachServer
class ScheduleRaceTest {

    private static final long GATE = 1_814_400;

    private final TestSchema schema;
    private final long first;

    ScheduleRaceTest(TestServer server) {
        this.schema = new TestSchema(server, ScheduleRaceTest::waiting);
        write(schema.store().schedules(), schedule("rye"));
        this.first = find(schema.store().schedules(), "rye").version();
    }

    private static Statements waiting(SchemaName schema) {
        String reads = "SELECT f.nr, f.name,";
        String waits = "SELECT f.nr, f.name || left(pg_advisory_xact_lock(" + GATE + ")::text, 0) AS name,";
        return name -> {
            String sql = Statements.of(schema).named(name);
            assertThat(!name.equals("schedule/fire") || sql.contains(reads)).isTrue();
            return sql.replace(reads, waits);
        };
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    private List<Fired> fireWhile(boolean anyVersion, String change) throws SQLException {
        try (Connection other = schema.server().jdbc();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + GATE + ")");
            CompletableFuture<List<Fired>> fired = schema.store()
                    .schedules()
                    .fire(List.of(firing("rye", anyVersion ? 0 : first, NOON)), 0)
                    .toFuture();
            await().atMost(PATIENCE)
                    .until(() -> schema.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                                    + " AND NOT granted AND objid = " + GATE)
                            == 1);
            statement.execute("UPDATE " + schema.name() + ".schedule_state SET " + change);
            other.commit();
            return fired.join();
        }
    }

    private void assertNothingFired() {
        assertThat(schema.number("SELECT count(*) FROM %s.fire")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.job")).isZero();
    }

    @Test
    void whatWasAddedMeanwhileIsKept() throws SQLException {
        assertThat(fireWhile(false, "fires = fires + 5")).hasSize(1);

        assertThat(find(schema.store().schedules(), "rye").version()).isEqualTo(first + 1);
        assertThat(find(schema.store().schedules(), "rye").history())
                .extracting(History::fires, History::lastAt)
                .containsExactly(6L, NOON);
    }

    @Test
    void whatWasAddedMeanwhileIsKeptByWhatIsAdded() throws SQLException {
        assertThat(fireWhile(true, "fires = fires + 5")).hasSize(1);

        assertThat(find(schema.store().schedules(), "rye").version()).isEqualTo(first);
        assertThat(find(schema.store().schedules(), "rye").history().fires()).isEqualTo(6);
    }

    @Test
    void aScheduleThatWasWrittenMeanwhileIsLeftAlone() throws SQLException {
        assertThat(fireWhile(false, "version = version + 1")).isEmpty();

        assertNothingFired();
    }

    @Test
    void aScheduleThatWasPausedMeanwhileIsLeftAlone() throws SQLException {
        assertThat(fireWhile(false, "pause = 'OPERATOR', next_at = NULL")).isEmpty();

        assertNothingFired();
    }
}
