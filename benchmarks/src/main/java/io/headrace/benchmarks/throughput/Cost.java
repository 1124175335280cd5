package io.headrace.benchmarks.throughput;

import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;

/**
 * What a piece of work costs the server, in counts that do not depend on how fast the machine is.
 *
 * @param walBytes written by the whole server: nobody else may be at work
 * @param statements transactions committed in the database; the engine sends one statement in each
 * @param deadTuples row versions that were replaced or deleted, in all tables
 */
public record Cost(double walBytes, double statements, double deadTuples) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double THOUSAND = 1_000;

    /** The server's counters at one moment; those of a session are added when it ends, so all must have ended. */
    public record Reading(long wal, long commits, long dead, String redo) {

        public static Reading of(Sql sql) {
            Waiting.require(
                    "all connections are closed",
                    PATIENCE,
                    () -> sql.number("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                                    + " AND datname = current_database() AND pid <> pg_backend_pid()")
                            == 0);
            return new Reading(
                    sql.number("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint"),
                    sql.number("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"),
                    sql.number("SELECT coalesce(sum(n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_user_tables"),
                    sql.text("SELECT redo_lsn::text FROM pg_control_checkpoint()"));
        }

        /** What came since; each for one of the jobs. */
        public Cost since(Reading before, int jobs) {
            return new Cost(
                    (double) (wal - before.wal) / jobs,
                    (double) (commits - before.commits) / jobs,
                    (double) (dead - before.dead) / jobs);
        }

        /** Whether a checkpoint began in between: pages written first after it go into the WAL whole. */
        public boolean isPastACheckpoint(Reading before) {
            return !redo.equals(before.redo);
        }
    }

    /** With a suffix for what was measured, such as {@code _bulk}. */
    void addTo(Measurements measured, String suffix, String countSuffix) {
        measured.add("wal_bytes_per_job" + suffix, walBytes, "bytes");
        measured.add("statements_per_1000_jobs" + countSuffix, statements * THOUSAND, "statements");
        measured.add("dead_tuples_per_1000_jobs" + countSuffix, deadTuples * THOUSAND, "rows");
    }
}
