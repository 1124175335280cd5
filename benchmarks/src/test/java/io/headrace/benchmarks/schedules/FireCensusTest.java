package io.headrace.benchmarks.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.schedules.fleet.Fleet;
import io.headrace.benchmarks.server.BriskServer;
import io.headrace.benchmarks.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables with one schedule that fired three times, and what the census says once they are tampered with. */
@Tag("slow")
class FireCensusTest {

    private static final Fleet ONE = new Fleet(1, 1);

    private Server server;
    private ScheduleDatabase database;

    @BeforeEach
    void fireThreeTimes() throws Exception {
        server = BriskServer.open();
        database = ScheduleDatabase.in(server);
        run("""
                INSERT INTO headrace.schedule (name, timetable, zone, start_at, jitter_ms, misfire, overlap, priority, queue, kind,
                                               payload, overridden)
                VALUES ('tick-0', 'cron * * * * * *', 'Z', '2026-01-01 10:00:00.4Z', 0, 1, 'ALLOW', 4, 'ticks', 'tick', '{}', false)
                """);
        run("""
                INSERT INTO headrace.schedule_state (schedule, version, due_at, next_at, last_at, fires, passed_over, made)
                SELECT 'tick-0', 4, at + interval '1 s', at + interval '1 s', at, 3, 0, false
                FROM (SELECT '2026-01-01 10:00:03Z'::timestamptz) AS last (at)
                """);
        run("""
                INSERT INTO headrace.fire (schedule, at, fired_at, job, passed_over, cause, outcome)
                SELECT 'tick-0', '2026-01-01 10:00Z'::timestamptz + nr * interval '1 s', now(), nr, 0, 'DUE', 'ENQUEUED'
                FROM generate_series(1, 3) AS nr
                """);
        run("""
                INSERT INTO headrace.job (id, priority, queue, kind, payload, headers)
                SELECT nr, 4, 'ticks', 'tick', '{}',
                       jsonb_build_object('headrace.schedule', 'tick-0', 'headrace.fire', '2026-01-01T10:00:0' || nr || 'Z')
                FROM generate_series(1, 3) AS nr
                """);
    }

    @AfterEach
    void close() {
        database.close();
        server.close();
    }

    @Test
    void allIsWell() {
        FireCensus census = FireCensus.take(database.sql(), ONE);

        assertThat(census.problems()).isEmpty();
        assertThat(census.fires()).isEqualTo(3);
        assertThat(census.missed()).isZero();
        assertThat(census.doubled()).isZero();
    }

    @Test
    void aFireThatIsNotOnRecordIsMissed() {
        run("DELETE FROM headrace.fire WHERE job = 2");

        FireCensus census = FireCensus.take(database.sql(), ONE);

        assertThat(census.missed()).isEqualTo(1);
        assertThat(census.problems()).anyMatch(problem -> problem.contains("2 fires on record"));
    }

    @Test
    void anInstantThatIsPassedOverIsNotMissed() {
        run("DELETE FROM headrace.fire WHERE job = 2", "DELETE FROM headrace.job WHERE id = 2");
        run("UPDATE headrace.schedule_state SET fires = 2, passed_over = 1");

        assertThat(FireCensus.take(database.sql(), ONE).problems()).isEmpty();
    }

    @Test
    void anInstantThatIsPassedOverAndFiresIsWrong() {
        run("UPDATE headrace.schedule_state SET passed_over = 1");

        assertThat(FireCensus.take(database.sql(), ONE).missed()).isEqualTo(1);
    }

    @Test
    void aFireBetweenTheInstantsIsWrong() {
        run("UPDATE headrace.fire SET at = at + interval '400 ms' WHERE job = 2");

        FireCensus census = FireCensus.take(database.sql(), ONE);

        assertThat(census.missed()).isEqualTo(1);
        assertThat(census.astray()).isEqualTo(1);
        assertThat(census.unrecorded()).isEqualTo(1);
    }

    @Test
    void twoJobsOfOneInstantAreDoubled() {
        run(
                "INSERT INTO headrace.job SELECT 4, priority, max_attempts, queue, kind, payload, headers FROM headrace.job WHERE id = 2");

        FireCensus census = FireCensus.take(database.sql(), ONE);

        assertThat(census.repeated()).isEqualTo(1);
        assertThat(census.doubled()).isEqualTo(1);
    }

    @Test
    void aFireWithoutItsJobIsFound() {
        run("DELETE FROM headrace.job WHERE id = 2");

        FireCensus census = FireCensus.take(database.sql(), ONE);

        assertThat(census.astray()).isEqualTo(1);
        assertThat(census.problems()).hasSize(1);
    }

    @Test
    void aTombstoneIsTheJobOfItsFire() {
        run("""
                INSERT INTO headrace.tombstone (job, died_at, attempt, priority, state, queue, kind, payload, headers, failures)
                SELECT id, now(), 1, priority, 'CANCELLED', queue, kind, payload, headers, '[]' FROM headrace.job WHERE id = 2
                """, "DELETE FROM headrace.job WHERE id = 2");

        assertThat(FireCensus.take(database.sql(), ONE).problems()).isEmpty();
    }

    @Test
    void aScheduleThatIsNotThereIsFound() {
        assertThat(FireCensus.take(database.sql(), new Fleet(2, 1)).problems())
                .containsExactly("1 schedules are there of 2");
    }

    private void run(String... statements) {
        database.sql().run(statements);
    }
}
