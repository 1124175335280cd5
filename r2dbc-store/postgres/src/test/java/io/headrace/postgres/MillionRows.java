package io.headrace.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Fills a schema as it looks in a large system, in seconds: waiting jobs and completed ones, each a set of its own, and
 * tombstones. What is written is what a store would have written, so that an audit finds nothing. Immutable.
 *
 * <p>Jobs are in ten queues ({@code queue-0} to {@code queue-9}), of forty kinds ({@code kind-0} to {@code kind-39}) and of all
 * priorities from 3 to 5. Every hundredth has the unique key {@code key-N}. Of those that wait, nine in ten became due during the
 * last day, and one in ten is due during the next. Each sort of failures has its type, fingerprint and stack trace, and all
 * tombstones have three failures; of each hundred, three were cancelled and two discarded.
 *
 * @param pending how many jobs wait
 * @param completed how many have completed during the last hour
 * @param tombstones how many failed, or were cancelled or discarded, during the last day
 * @param sorts how many sorts of failures there are
 */
public record MillionRows(int pending, int completed, int tombstones, int sorts) {

    /** The size for which bounds are stated: a million that wait, a million completed, 50,000 tombstones of 40 sorts. */
    public static final MillionRows FULL = new MillionRows(1_000_000, 1_000_000, 50_000, 40);

    /** Jobs of the time from $ago to $until before now, $count of them, oldest first: with the n-th its time and its id. */
    private static final String DRAWN = """
            SELECT n, drawn.at, (((extract(epoch FROM drawn.at) * 1000)::bigint - 1735689600000) << 22)
                   + ((n & 4095) << 10) + $offset AS id,
                   'queue-' || n % 10 AS queue, 'kind-' || n % 40 AS kind, (3 + n % 3)::smallint AS priority,
                   CASE WHEN n % 100 = 0 THEN 'key-' || n END AS unique_key, jsonb_build_object('n', n) AS payload
            FROM generate_series(1, $count) AS n,
                 LATERAL (SELECT now() - interval '2 seconds' - (($count - n)::float8 * $seconds / $count) * interval '1 second' AS at) AS drawn""";

    private static final List<String> STATEMENTS = List.of(
            "CREATE TEMPORARY TABLE waiting ON COMMIT PRESERVE ROWS AS " + drawn("$pending", "86400", "0"),
            "CREATE TEMPORARY TABLE done ON COMMIT PRESERVE ROWS AS " + drawn("$completed", "3600", "1"),
            "CREATE TEMPORARY TABLE dead ON COMMIT PRESERVE ROWS AS SELECT d.*, 'com.example.Sort' || n % $sorts || 'Exception' AS type,"
                    + " hashtextextended((n % $sorts)::text, 0) AS fingerprint, md5((n % $sorts)::text)::uuid AS trace,"
                    + " CASE WHEN n % 100 < 3 THEN 'CANCELLED' WHEN n % 100 < 5 THEN 'DISCARDED' ELSE 'FAILED' END AS state"
                    + " FROM (" + drawn("$tombstones", "86000", "2") + ") AS d",
            """
            INSERT INTO $schema.job (id, priority, queue, kind, payload, unique_key)
            SELECT id, priority, queue, kind, payload, unique_key
            FROM (TABLE waiting UNION ALL TABLE done
                  UNION ALL SELECT n, at, id, queue, kind, priority, 'dead-' || unique_key, payload FROM dead) AS j
            ORDER BY id""",
            """
            INSERT INTO $schema.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)
            SELECT at + CASE WHEN n % 10 = 7 THEN interval '1 day' ELSE '0' END, 0, 1, priority, 0, queue, kind,
                   int8multirange(int8range(id, id, '[]'))
            FROM waiting ORDER BY id""",
            """
            INSERT INTO $schema.unique_key (job, kind, key)
            SELECT id, kind, unique_key FROM waiting WHERE unique_key IS NOT NULL
            UNION ALL
            SELECT id, kind, 'dead-' || unique_key FROM dead WHERE unique_key IS NOT NULL AND state = 'FAILED'""",
            """
            INSERT INTO $schema.completed (at, worker, attempt, size, queue, kind, jobs)
            SELECT at + interval '1 second', 1, 1, 1, queue, kind, int8multirange(int8range(id, id, '[]'))
            FROM done ORDER BY id""",
            """
            INSERT INTO $schema.trace (hash, seen_at, frame, text)
            SELECT DISTINCT trace, now(), 'at com.example.Mill.grind(Mill.java:' || n % $sorts || ')',
                   repeat(E'\\tat com.example.Mill.grind(Mill.java:' || n % $sorts || E')\\n', 60)
            FROM dead""",
            """
            INSERT INTO $schema.attempt_failure (job, worker, at, fingerprint, attempt, trace, error_type, message)
            SELECT d.id, 1, d.at + a.attempt * interval '1 millisecond', d.fingerprint, a.attempt, d.trace, d.type, 'sack ' || d.n
            FROM dead d, generate_series(1, 2) AS a (attempt)""",
            """
            INSERT INTO $schema.tombstone (job, died_at, fingerprint, attempt, priority, state, queue, kind, unique_key, payload,
                                           failures)
            SELECT d.id, d.at + interval '1 second', d.fingerprint, 3, d.priority, d.state, d.queue, d.kind,
                   'dead-' || d.unique_key, d.payload,
                   (SELECT jsonb_agg(jsonb_build_object(
                               'attempt', a.attempt, 'at', d.at + a.attempt * interval '1 millisecond', 'type', d.type,
                               'message', 'sack ' || d.n, 'fingerprint', d.fingerprint, 'trace', d.trace, 'worker', 1)
                           ORDER BY a.attempt)
                    FROM generate_series(1, 3) AS a (attempt))
            FROM dead d ORDER BY d.id""",
            "DROP TABLE waiting, done, dead",
            "VACUUM (ANALYZE) $schema.job, $schema.pending, $schema.completed, $schema.tombstone, $schema.unique_key,"
                    + " $schema.attempt_failure");

    private static String drawn(String count, String seconds, String offset) {
        return DRAWN.replace("$count", count).replace("$seconds", seconds).replace("$offset", offset);
    }

    /**
     * Writes the rows into a schema that the migrations have made.
     *
     * @param connection which commits each statement
     */
    public void fill(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql.replace("$schema", schema)
                        .replace("$pending", Integer.toString(pending))
                        .replace("$completed", Integer.toString(completed))
                        .replace("$tombstones", Integer.toString(tombstones))
                        .replace("$sorts", Integer.toString(sorts)));
            }
        }
    }
}
