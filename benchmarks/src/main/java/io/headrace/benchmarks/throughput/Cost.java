package io.headrace.benchmarks.throughput;

import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.Objects;

/**
 * What a piece of work costs the server, in counts that do not depend on how fast the machine is.
 *
 * @param walBytes written by the whole server: nobody else may be at work
 * @param statements transactions committed in the database; the engine sends one statement in each
 * @param deadTuples row versions that were replaced or deleted in the database, catalogs included
 */
public record Cost(double walBytes, double statements, double deadTuples) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double THOUSAND = 1_000;

    /** The server's counters at one moment. */
    public record Reading(long wal, long commits, long dead, String redo) {

        private static final String SESSIONS =
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '%s'";
        private static final String COUNTERS =
                "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint AS wal, xact_commit AS commits,"
                        + " tup_updated + tup_deleted AS dead, redo_lsn::text AS redo"
                        + " FROM pg_stat_database, pg_control_checkpoint() WHERE datname = '%s'";

        /** From outside the database, so that looking does not count. What a session did is counted when it has ended. */
        public static Reading of(FreshDatabase database) {
            Sql outside = database.outside();
            Waiting.require(
                    "all connections are closed",
                    PATIENCE,
                    () -> outside.number(SESSIONS.formatted(database.name())) == 0);
            return outside.rows(
                            COUNTERS.formatted(database.name()),
                            row -> new Reading(
                                    Objects.requireNonNull(row.get("wal", Long.class)),
                                    Objects.requireNonNull(row.get("commits", Long.class)),
                                    Objects.requireNonNull(row.get("dead", Long.class)),
                                    Objects.requireNonNull(row.get("redo", String.class))))
                    .get(0);
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
