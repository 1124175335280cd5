package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.server.Sql;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the handlers wrote down, and what the engine's tables say, asked while the run goes on. Blocks; thread-safe. */
public final class Ledger {

    private final Sql sql;
    private final String schema;

    Ledger(Sql sql, String schema) {
        this.sql = sql;
        this.schema = schema;
    }

    /** The table, in a schema of its own beside the engine's. */
    static String[] creation(String schema) {
        return new String[] {
            "CREATE SCHEMA " + schema + "_ledger",
            "CREATE TABLE " + schema + "_ledger.run (run uuid PRIMARY KEY, job bigint NOT NULL, pid bigint NOT NULL,"
                    + " attempt integer NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())",
            "CREATE INDEX run_at ON " + schema + "_ledger.run USING brin (at)",
            "CREATE INDEX run_job ON " + schema + "_ledger.run (job)"
        };
    }

    /** The database's clock. */
    String now() {
        return sql.text("SELECT clock_timestamp()::text");
    }

    long completed() {
        return sql.number("SELECT coalesce(sum(size), 0) FROM " + schema + ".completed");
    }

    /** Runs beyond the first of their job. */
    long repeated() {
        return sql.number("SELECT count(*) - count(DISTINCT job) FROM " + schema + "_ledger.run");
    }

    /** Which of these processes have run a job since. */
    List<Long> ranSince(String moment, List<Long> pids) {
        String wanted = pids.stream().map(String::valueOf).collect(Collectors.joining(","));
        return sql.rows(
                "SELECT DISTINCT pid FROM " + schema + "_ledger.run WHERE at > '" + moment + "' AND pid IN (" + wanted
                        + ")",
                row -> Objects.requireNonNull(row.get(0, Long.class)));
    }

    /** How long after it was enqueued a job first ran, in milliseconds, or -1 while it has not. */
    public double millisUntilRun(long job) {
        List<Double> found = sql.rows(
                "SELECT (extract(epoch FROM min(at)) * 1000 - 1735689600000 - (" + job + "::bigint >> 22))::float8"
                        + " FROM " + schema + "_ledger.run WHERE job = " + job + " HAVING count(*) > 0",
                row -> Objects.requireNonNull(row.get(0, Double.class)));
        return found.isEmpty() ? -1 : found.get(0);
    }

    /** Whether these neither wait nor run any more. */
    public boolean allHaveEnded(List<Long> jobs) {
        String ids = jobs.stream().map(id -> "[" + id + "," + id + "]").collect(Collectors.joining(",", "'{", "}'"));
        return sql.number("SELECT count(*) FROM (SELECT jobs FROM " + schema + ".pending UNION ALL SELECT jobs FROM "
                        + schema + ".lease) AS live WHERE live.jobs && " + ids + "::int8multirange")
                == 0;
    }

    /** Leases that were granted before this moment, and are still there. */
    List<Long> leasesBefore(String moment) {
        return sql.rows(
                "SELECT id FROM " + schema + ".lease WHERE leased_at < '" + moment + "'",
                row -> Objects.requireNonNull(row.get(0, Long.class)));
    }

    /** Jobs that were charged an attempt for a lost lease, or buried, and were not poison. */
    long chargedInnocents() {
        return sql.number("SELECT count(*) FROM (SELECT f.job FROM " + schema + ".attempt_failure f JOIN " + schema
                + ".job j ON j.id = f.job WHERE j.payload ->> 'role' <> 'POISON'"
                + " AND f.error_type = 'io.headrace.LeaseExpired' UNION SELECT t.job FROM " + schema
                + ".tombstone t WHERE t.payload ->> 'role' <> 'POISON') AS charged");
    }
}
