package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.faults.worker.Grain;
import io.headrace.benchmarks.server.Sql;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the handlers wrote down, and what the engine's tables say, asked while the run goes on. Blocks; thread-safe. */
public final class Ledger {

    /** A tombstone where there should be none: only a job that lingers is ever cancelled. */
    static final String WRONGLY_BURIED = "t.payload ->> 'role' NOT IN ('POISON', 'HOSTILE')"
            + " AND NOT (t.payload ->> 'role' = 'LINGERS' AND t.state = 'CANCELLED')";

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
            "CREATE TABLE " + schema
                    + "_ledger.moment (job bigint NOT NULL, what text NOT NULL, millis bigint NOT NULL)",
            "CREATE INDEX run_at ON " + schema + "_ledger.run USING brin (at)",
            "CREATE INDEX run_job ON " + schema + "_ledger.run (job)"
        };
    }

    /** The database's clock. */
    public String now() {
        return sql.text("SELECT clock_timestamp()::text");
    }

    /** How many jobs have completed. */
    public long completed() {
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

    /** How many of these have run, once or more often. */
    public long ran(List<Long> jobs) {
        return sql.number(
                "SELECT count(DISTINCT job) FROM " + schema + "_ledger.run WHERE job = ANY (" + array(jobs) + ")");
    }

    /** Which process ran which of these. */
    public Map<Long, Long> ranBy(List<Long> jobs) {
        return pairs("SELECT job, min(pid) FROM " + schema + "_ledger.run WHERE job = ANY (" + array(jobs)
                + ") GROUP BY job");
    }

    /** When this happened to these, in milliseconds of this host's clock; without those to which it did not. */
    public Map<Long, Long> moments(List<Long> jobs, Grain.Moment what) {
        return pairs("SELECT job, min(millis) FROM " + schema + "_ledger.moment WHERE what = '" + what
                + "' AND job = ANY (" + array(jobs) + ") GROUP BY job");
    }

    private Map<Long, Long> pairs(String statement) {
        return sql
                .rows(
                        statement,
                        row -> Map.entry(
                                Objects.requireNonNull(row.get(0, Long.class)),
                                Objects.requireNonNull(row.get(1, Long.class))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The jobs that are leased at this moment. */
    public List<Long> leased() {
        return sql.rows(
                "SELECT generate_series(lower(r), upper(r) - 1) FROM " + schema + ".lease, unnest(jobs) AS r",
                row -> Objects.requireNonNull(row.get(0, Long.class)));
    }

    /** Seconds from a moment until the first run of any job but these, or -1 while there is none. */
    public double secondsUntilRun(String moment, List<Long> but) {
        List<Double> found = sql.rows(
                "SELECT extract(epoch FROM min(at) - '" + moment + "')::float8 FROM " + schema
                        + "_ledger.run WHERE at > '" + moment + "' AND job <> ALL (" + array(but)
                        + ") HAVING count(*) > 0",
                row -> Objects.requireNonNull(row.get(0, Double.class)));
        return found.isEmpty() ? -1 : found.get(0);
    }

    /** How many sets and leases are suspected of ending their process. */
    public long suspected() {
        return sql.number("SELECT (SELECT count(*) FROM " + schema + ".pending WHERE suspicion > 0)"
                + " + (SELECT count(*) FROM " + schema + ".lease WHERE suspicion > 0)");
    }

    /** How many of these exist. */
    public long existing(List<Long> jobs) {
        return sql.number("SELECT count(*) FROM " + schema + ".job WHERE id = ANY (" + array(jobs) + ")");
    }

    private static String array(List<Long> jobs) {
        return jobs.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::bigint[]"));
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

    /** Jobs that were charged an attempt for a lost lease, or buried, and are not such as may be. */
    long chargedInnocents() {
        return sql.number("SELECT count(*) FROM (SELECT f.job FROM " + schema + ".attempt_failure f JOIN " + schema
                + ".job j ON j.id = f.job WHERE j.payload ->> 'role' NOT IN ('POISON', 'HOSTILE')"
                + " AND f.error_type = 'io.headrace.LeaseExpired' UNION SELECT t.job FROM " + schema
                + ".tombstone t WHERE " + WRONGLY_BURIED + ") AS charged");
    }
}
