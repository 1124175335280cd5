package io.headrace.postgres;

import io.headrace.postgres.upkeep.Segments;
import java.time.Duration;

/**
 * Puts jobs, and the segments that they stand in, into the past of a schema: with ids of then, as if they had been enqueued
 * then. All are of the queue {@code default} and the kind {@code grind}.
 */
final class OldJobs {

    static final Duration RETENTION = Duration.ofDays(7);

    private final TestSchema schema;

    OldJobs(TestSchema schema) {
        this.schema = schema;
    }

    /** A segment that began so many days ago, for each of the three tables. */
    void segments(int days) {
        segment("job", days);
        segment("completed", days);
        segment("attempt_failure", days);
    }

    void segment(String parent, int days) {
        assertOne("SELECT count(%s.attach_segment('" + parent + "', date_trunc('hour', now()) - interval '" + days
                + " days', date_trunc('hour', now()) - interval '" + (days - 1) + " days'))");
    }

    /** The first id of an hour into that segment. */
    long firstId(int days) {
        return schema.number(
                "SELECT %s.first_id(date_trunc('hour', now()) - interval '" + days + " days' + interval '1 hour')");
    }

    /** Jobs without a place: to be given one at once. */
    private String jobs(long first, int count) {
        return "INSERT INTO " + schema.name() + ".job (id, queue, kind, priority, payload)"
                + " SELECT id, 'default', 'grind', 4, to_jsonb('sack ' || id)"
                + " FROM generate_series(" + first + "::bigint, " + (first + count - 1) + ") AS id; ";
    }

    private static String set(long first, int count) {
        return "'{[" + first + "," + (first + count) + ")}'";
    }

    void pending(long first, int count) {
        schema.execute(jobs(first, count) + pendingSet(first, count));
    }

    /** The statement for the set alone. */
    String pendingSet(long first, int count) {
        return "INSERT INTO " + schema.name()
                + ".pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                + " VALUES (now() - interval '1 hour', 0, " + count + ", 4, 0, 'default', 'grind', "
                + set(first, count) + "); ";
    }

    /** The statements for jobs that wait, to be run in a transaction of the caller's. */
    String pendingStatements(long first, int count) {
        return jobs(first, count) + pendingSet(first, count);
    }

    void completed(long first, int count, int daysAgo) {
        schema.execute(jobs(first, count) + "INSERT INTO " + schema.name()
                + ".completed (at, worker, attempt, size, queue, kind, jobs) VALUES (" + hourBefore(daysAgo)
                + ", 1, 1, " + count + ", 'default', 'grind', " + set(first, count) + ")");
    }

    /** The last hour of the segment that ended so many days ago. */
    private static String hourBefore(int daysAgo) {
        return "(date_trunc('hour', now()) - interval '" + daysAgo + " days' - interval '30 minutes')";
    }

    /** A failed tombstone with two failures, the first of them in attempt_failure as well. */
    void failed(long id, int daysAgo) {
        String at = hourBefore(daysAgo);
        schema.execute("BEGIN; " + jobs(id, 1) + "INSERT INTO " + schema.name()
                + ".attempt_failure (job, worker, at, attempt, error_type, message) VALUES (" + id + ", 1, " + at
                + " - interval '1 minute', 1, 'E', 'first'); INSERT INTO " + schema.name()
                + ".tombstone (job, died_at, attempt, priority, state, queue, kind, payload, failures) VALUES (" + id
                + ", " + at + ", 2, 4, 'FAILED', 'default', 'grind', '\"sack\"', jsonb_build_array("
                + "jsonb_build_object('attempt', 1, 'at', " + at
                + " - interval '1 minute', 'type', 'E', 'message', 'first'),"
                + "jsonb_build_object('attempt', 2, 'at', " + at + ", 'type', 'E', 'message', 'second'))); COMMIT");
    }

    /** The time that a segment which was passed by is left alone is over. */
    void lookAgain() {
        schema.execute("UPDATE " + schema.name()
                + ".segment SET look_at = '-infinity', ahead_at = ahead_at - interval '1 hour'");
    }

    /** The next steps look at these segments alone, and make none ahead. */
    void looksOnlyAt(String which) {
        schema.execute("UPDATE " + schema.name()
                + ".segment SET ahead_at = CASE WHEN ahead_at IS NOT NULL THEN now() + interval '1 day' END,"
                + " look_at = CASE WHEN " + which
                + " THEN now() - interval '1 second' ELSE now() + interval '1 day' END");
    }

    /** One step of an engine with this retention, and what came of it. */
    String tidy(Duration retention) {
        return schema.text("SELECT what FROM %s.tidy(interval '" + retention.toHours() + " hours', interval '"
                + Segments.length(retention).toHours() + " hours')");
    }

    /** How many segments of the past a table has. */
    long segmentsOf(String parent) {
        return schema.number("SELECT count(*) FROM pg_inherits i JOIN pg_class r ON r.oid = i.inhrelid"
                + " JOIN %s.segment s ON s.name = r.relname WHERE i.inhparent = '%s." + parent
                + "'::regclass AND s.ends_at < now()");
    }

    long rowsIn(String table) {
        return schema.number("SELECT count(*) FROM ONLY %s." + table);
    }

    private void assertOne(String count) {
        if (schema.number(count) != 1) {
            throw new AssertionError(count);
        }
    }
}
