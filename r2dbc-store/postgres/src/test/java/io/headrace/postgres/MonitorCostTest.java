package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.headrace.operate.Activity;
import io.headrace.operate.ActivityBucket;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.LiveReading;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;

/** The monitor reads samples, however much has ended, and the numbers extrapolated from them are about right. */
@Tag("slow")
class MonitorCostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final int COMPLETED = 200_000;
    private static final int RETRIED = 60_000;
    private static final int FAILED = 12_000;

    /** How long ago the first of them ended; each table holds them in even distances. */
    private static final int MINUTES = 80;

    /** A few of each page that is read: under a twentieth of what there is. */
    private static final int MOST_ROWS_OF_ACTIVITY = 13_000;

    /** The last pages of two tables, the failed jobs of ten seconds, and those that are counted, 10,000 of a queue at most. */
    private static final int MOST_ROWS_OF_LIVE = 50_000;

    private static void fill(TestSchema schema) {
        schema.withSegments(2);
        String at = "now() - (%1$d - n) * (interval '80 minutes' / %1$d)";
        schema.execute(("INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                        + " SELECT (1::bigint << 40) + n, 4, CASE WHEN n % 4 = 0 THEN 'weir' ELSE 'mill' END, 'grind', '{}'"
                        + " FROM generate_series(1, " + (COMPLETED + RETRIED) + ") AS n;"
                        + " INSERT INTO SCHEMA.completed (at, worker, attempt, size, queue, kind, jobs)"
                        + " SELECT " + at.formatted(COMPLETED)
                        + ", 1, 1, 1, CASE WHEN n % 4 = 0 THEN 'weir' ELSE 'mill' END, 'grind',"
                        + " int8multirange(int8range((1::bigint << 40) + n, (1::bigint << 40) + n, '[]'))"
                        + " FROM generate_series(1, " + COMPLETED + ") AS n;"
                        + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " SELECT now() - interval '1 hour', 1, 1, 4, 0, CASE WHEN n % 4 = 0 THEN 'weir' ELSE 'mill' END,"
                        + " 'grind', int8multirange(int8range((1::bigint << 40) + n, (1::bigint << 40) + n, '[]'))"
                        + " FROM generate_series(" + (COMPLETED + 1) + ", " + (COMPLETED + RETRIED) + ") AS n;"
                        + " INSERT INTO SCHEMA.attempt_failure (job, worker, at, attempt, error_type, message)"
                        + " SELECT (1::bigint << 40) + " + COMPLETED + " + n, 1, " + at.formatted(RETRIED)
                        + ", 1, 'java.lang.IllegalStateException', 'the wheel is stuck, for the ' || n || 'th time'"
                        + " FROM generate_series(1, " + RETRIED + ") AS n;"
                        + " INSERT INTO SCHEMA.tombstone"
                        + " (job, died_at, attempt, priority, state, queue, kind, payload, failures)"
                        + " SELECT (1::bigint << 41) + n, " + at.formatted(FAILED)
                        + ", 1, 4, 'FAILED', 'mill', 'grind', '{}', jsonb_build_array(jsonb_build_object("
                        + "'attempt', 1, 'at', now(), 'type', 'java.lang.IllegalStateException', 'message', n || repeat('.', 250)))"
                        + " FROM generate_series(1, " + FAILED + ") AS n")
                .replace("SCHEMA", schema.name()));
    }

    @OnEachServer
    void aPartIsReadAndReckonedUp(TestServer server) {
        TestSchema schema = new TestSchema(server);
        try {
            fill(schema);

            assertAboutRight(
                    schema.store().monitor().activity(MINUTE, MINUTES + 10).block(PATIENCE));
            LiveReading live = schema.store().monitor().live().block(PATIENCE);
            assertThat(live.queues()).extracting(queue -> queue.depth().queue()).containsExactly("mill", "weir");
            LiveReading.Queue mill = live.queues().get(0);
            assertThat(mill.depth().estimated()).isTrue();
            assertThat(mill.depth().due()).isCloseTo(RETRIED * 3 / 4, withPercentage(20));
            // So long ago that they ended is the only thing that a slow machine changes.
            assertThat(mill.completedPerSecond()).isLessThan(COMPLETED / (60.0 * MINUTES));
            assertThat(rowsReadBy(schema, "monitor/activity", "60000", Integer.toString(MINUTES + 10)))
                    .isBetween(5_000L, (long) MOST_ROWS_OF_ACTIVITY);
            assertThat(rowsReadBy(schema, "monitor/live")).isBetween(5_000L, (long) MOST_ROWS_OF_LIVE);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private static void assertAboutRight(Activity activity) {
        assertThat(activity.isEstimated()).isTrue();
        assertThat(sum(activity.buckets(), ActivityBucket::completed)).isCloseTo(COMPLETED, withPercentage(5));
        assertThat(sum(activity.buckets(), ActivityBucket::retried)).isCloseTo(RETRIED, withPercentage(10));
        assertThat(sum(activity.buckets(), ActivityBucket::failed)).isCloseTo(FAILED, withPercentage(10));
        // Five minutes at a time, and not the first and the last.
        for (int n = 15; n < MINUTES; n += 5) {
            List<ActivityBucket> part = activity.buckets().subList(n, n + 5);
            assertThat(sum(part, ActivityBucket::completed)).isCloseTo(COMPLETED * 5 / MINUTES, withPercentage(15));
            assertThat(sum(part, ActivityBucket::retried)).isCloseTo(RETRIED * 5 / MINUTES, withPercentage(30));
            assertThat(sum(part, ActivityBucket::failed)).isCloseTo(FAILED * 5 / MINUTES, withPercentage(30));
        }
    }

    private static long sum(List<ActivityBucket> buckets, ToLongFunction<ActivityBucket> what) {
        return buckets.stream().mapToLong(what).sum();
    }

    /** How many rows of what has ended a statement looks at, whether it takes them or not. */
    private static long rowsReadBy(TestSchema schema, String name, String... values) {
        String statement = Statements.of(new SchemaName(schema.name())).named(name);
        for (int i = 0; i < values.length; i++) {
            statement = statement.replace("$" + (i + 1), values[i]);
        }
        schema.execute("CREATE OR REPLACE FUNCTION " + schema.name() + ".rows_read(statement text) RETURNS bigint"
                + " LANGUAGE plpgsql SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off AS"
                + " $$ DECLARE plan jsonb; BEGIN"
                + " EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ' || statement INTO plan;"
                + " RETURN (SELECT sum(((node ->> 'Actual Rows')::numeric"
                + " + coalesce((node ->> 'Rows Removed by Filter')::numeric, 0)) * (node ->> 'Actual Loops')::numeric)"
                + " FROM jsonb_path_query(plan, 'strict $.** ? (@.\"Relation Name\" != \"\")') AS node"
                + " WHERE node ->> 'Relation Name' ~ '^(completed|attempt_failure|tombstone)'); END $$");
        schema.execute("DROP TABLE IF EXISTS " + schema.name() + ".answer; CREATE TABLE " + schema.name()
                + ".answer AS SELECT " + schema.name() + ".rows_read($statement$" + statement + "$statement$) AS rows");
        return schema.number("SELECT rows FROM %s.answer");
    }
}
