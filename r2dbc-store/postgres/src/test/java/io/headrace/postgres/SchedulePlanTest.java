package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is not due costs nothing, and neither does what has fired, however often: with plans that were made while all was
 * empty.
 */
@OnEachServer
@Tag("slow")
class SchedulePlanTest {

    private static final int MANY = 100_000;
    private static final int SOME = 20_000;

    /** A walk takes hundreds. */
    private static final int MOST_PAGES = 60;

    private static final String DUE = "EXECUTE due('{}', 512, '-infinity', 20)";

    private final TestSchema schema;

    SchedulePlanTest(TestServer server) {
        this.schema = new TestSchema(server);
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    private void prepare(Statement session) throws SQLException {
        Statements sql = Statements.of(new SchemaName(schema.name()));
        session.execute(Connections.MOVING);
        session.execute("PREPARE due AS " + sql.named("schedule/due"));
        session.execute("PREPARE fire AS " + sql.named("schedule/fire"));
        session.execute("PREPARE look AS " + sql.named("schedule/look"));
        session.execute(DUE);
        session.execute(fire(1));
        session.execute("EXECUTE look('{rye}')");
    }

    private static String fire(long version) {
        return "EXECUTE fire('{rye}', '{" + version + "}', '{2100-01-01}', '{2100-01-01}', '{NULL}', '{NULL}', '{0}',"
                + " '{1}', '{2026-07-01}', '{DUE}', '{ENQUEUED}', '{0}', '{NULL}', '{0}', '{default}', '{grind}', '{4}',"
                + " '{NULL}', '{NULL}', '{NULL}', '{NULL}', 0)";
    }

    /** As many as are asked for, of which only others can make the jobs, or nobody is to do anything before tomorrow. */
    private void schedules(int count, boolean made) {
        schema.execute(
                ("INSERT INTO SCHEMA.schedule (name, timetable, zone, start_at, jitter_ms, misfire, overlap, priority,"
                                + " queue, kind, payload, overridden) SELECT 'schedule ' || n, '', '', now(), 0, 1, 'ALLOW', 4,"
                                + " 'default', 'grind', PAYLOAD, false FROM generate_series(1, COUNT) AS n;"
                                + " INSERT INTO SCHEMA.schedule_state (schedule, version, due_at, next_at, fires, passed_over, made)"
                                + " SELECT name, 1, NEXT, NEXT, 0, 0, payload IS NULL FROM SCHEMA.schedule")
                        .replace("SCHEMA", schema.name())
                        .replace("COUNT", Integer.toString(count))
                        .replace("PAYLOAD", made ? "NULL" : "'{}'")
                        .replace("NEXT", made ? "now()" : "now() + interval '1 day'"));
    }

    @Test
    void whatIsNotDueIsNotWalked() throws SQLException {
        try (Connection worker = schema.server().jdbc();
                Statement session = worker.createStatement()) {
            prepare(session);
            schedules(MANY, false);

            assertThat(PlanPages.of(session, DUE)).isLessThan(MOST_PAGES);
        }
    }

    @Test
    void whatOnlyOthersCanFireIsNotWalked() throws SQLException {
        try (Connection worker = schema.server().jdbc();
                Statement session = worker.createStatement()) {
            prepare(session);
            schedules(SOME, true);

            assertThat(PlanPages.of(session, "EXECUTE due('{schedule 7}', 512, '-infinity', 20)"))
                    .isLessThan(MOST_PAGES);
        }
    }

    @Test
    void whatHasFiredIsNotWalkedWhileASnapshotIsHeld() throws SQLException {
        try (Connection reader = schema.server().jdbc();
                Connection worker = schema.server().jdbc();
                Statement session = worker.createStatement()) {
            prepare(session);
            ScheduleDraft.write(schema.store().schedules(), ScheduleDraft.schedule("rye"));
            PlanPages.holdSnapshot(reader);
            schema.execute("DO $$ BEGIN FOR n IN 1 .. " + SOME + " LOOP UPDATE " + schema.name()
                    + ".schedule_state SET version = version + 1, next_at = now() - interval '1 minute'; END LOOP; END $$;"
                    + " UPDATE " + schema.name() + ".schedule_state SET next_at = now()");

            assertThat(PlanPages.of(session, "EXECUTE due('{}', 512, now() - interval '1 second', 20)"))
                    .isLessThan(MOST_PAGES);
            assertThat(PlanPages.of(session, "EXECUTE look('{rye}')")).isLessThan(MOST_PAGES);
            long latest = schema.number("SELECT version FROM %s.schedule_state");
            assertThat(PlanPages.of(session, fire(latest))).isLessThan(2 * MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.job")).isOne();
        }
    }
}
