-- What each queue holds that holds anything, at a cost that is bounded however much waits. Of pending, a sample of pages is read
-- and extrapolated: the same pages each time, so that what changes is what they hold. The names of the queues come from the index,
-- since the sample may miss a small one, and so do the oldest jobs. Failed tombstones are counted up to 10,000 for each queue.
-- pages: about how many pages of pending
part AS MATERIALIZED (
    SELECT least(100, 100.0 * ${pages} * current_setting('block_size')::bigint
                      / greatest(pg_relation_size('${schema}.pending'), 1))::real AS percent
), waiting AS MATERIALIZED (
    SELECT s.queue, sum(s.size) FILTER (WHERE s.run_at <= now()) AS due, sum(s.size) FILTER (WHERE s.run_at > now()) AS scheduled
    FROM ${schema}.pending AS s TABLESAMPLE SYSTEM ((SELECT percent FROM part)) REPEATABLE (0)
    GROUP BY s.queue
), leased AS MATERIALIZED (
    SELECT l.queue, sum(upper(r) - lower(r)) AS jobs FROM ${schema}.lease l, unnest(l.jobs) AS r GROUP BY l.queue
), ${include with_pending}, with_failed AS (
    (SELECT queue FROM ${schema}.tombstone WHERE state = 'FAILED' ORDER BY queue LIMIT 1)
    UNION ALL
    SELECT (SELECT t.queue FROM ${schema}.tombstone t
            WHERE t.state = 'FAILED' AND t.queue > w.queue ORDER BY t.queue LIMIT 1)
    FROM with_failed w WHERE w.queue IS NOT NULL
), depth AS MATERIALIZED (
    SELECT q.queue,
           round(coalesce(waiting.due, 0) * 100 / part.percent)::bigint AS due,
           round(coalesce(waiting.scheduled, 0) * 100 / part.percent)::bigint AS scheduled,
           coalesce(extract(epoch FROM now() - oldest.run_at) * 1000, 0)::bigint AS oldest_due_ms,
           coalesce(leased.jobs, 0)::bigint AS leased,
           failed.jobs AS failed,
           part.percent < 100 AS estimated
    FROM (SELECT queue FROM with_pending UNION SELECT queue FROM with_failed UNION SELECT queue FROM leased) AS q
    CROSS JOIN part
    LEFT JOIN waiting ON waiting.queue = q.queue
    LEFT JOIN leased ON leased.queue = q.queue,
         LATERAL (${include oldest_due queue=q.queue}) AS oldest,
         LATERAL (
             SELECT count(*) AS jobs
             FROM (SELECT FROM ${schema}.tombstone t WHERE t.queue = q.queue AND t.state = 'FAILED' LIMIT 10000) AS t) AS failed
    WHERE q.queue IS NOT NULL
)
