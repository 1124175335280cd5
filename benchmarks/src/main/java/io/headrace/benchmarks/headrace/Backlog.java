package io.headrace.benchmarks.headrace;

import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Sql;
import java.util.List;
import java.util.Map;

/**
 * Jobs that the server makes by itself: for backlogs that are not what is measured. The rows are those that
 * {@code enqueue.sql} would have written, a statement for each set.
 */
public final class Backlog {

    /** $1 the queues, $2 how many jobs, $3 how many in a set, $4 what fills a payload, $5 the kind. */
    private static final String MAKE = """
            WITH sets AS MATERIALIZED (
                SELECT headrace.next_block() AS first, clock_timestamp() AS run_at, nr,
                       least(%3$d, %2$d - nr * %3$d) AS size, (%1$s)[1 + nr %% cardinality(%1$s)] AS queue
                FROM generate_series(0, (%2$d - 1) / %3$d) AS nr
            ), queued AS (
                INSERT INTO headrace.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
                SELECT queue, '%5$s', 4, run_at, 0, 0, size, int8multirange(int8range(first, first + size)) FROM sets
            )
            INSERT INTO headrace.job (id, queue, kind, priority, payload)
            SELECT first + i, queue, '%5$s', 4,
                   format('{"nr":%%s,"fill":"%%s"}', 1000000000 + nr * %3$d + i, '%4$s')::jsonb
            FROM sets, generate_series(0, size - 1) AS i""";

    private final Sql sql;
    private final String fill;
    private final String kind;

    private Backlog(Sql sql, String fill, String kind) {
        this.sql = sql;
        this.fill = fill;
        this.kind = kind;
    }

    /** For a database whose schema is made. */
    public static Backlog in(FreshDatabase database, int payloadBytes) {
        return new Backlog(
                new Sql(database.options(), Map.of(), HeadraceContender.PATIENCE),
                Payload.fill(payloadBytes),
                Payload.TYPE.kind());
    }

    /** The same for jobs of another kind. */
    public Backlog ofKind(String other) {
        return new Backlog(sql, fill, other);
    }

    /** As bulk enqueues leave it: a set for each block of 1,024. */
    public void inBulk(int jobs) {
        dealt(List.of(JobType.DEFAULT_QUEUE), jobs, JobId.BLOCK_SIZE);
    }

    /** As callers leave it that enqueue one job each: every set holds one, and no two ids are neighbours. */
    public void oneByOne(int jobs) {
        dealt(List.of(JobType.DEFAULT_QUEUE), jobs, 1);
    }

    /** In sets of this size, dealt out to the queues in turn. */
    public void dealt(List<String> queues, int jobs, int setSize) {
        String array = "ARRAY['" + String.join("','", queues) + "']";
        sql.run(MAKE.formatted(array, jobs, setSize, fill, kind));
    }
}
