-- The holders of a unique key in one state: at most one job for each kind, which lives or has failed, or keeps its key although it
-- has completed. A job that holds its key for as long as it lives, and is neither leased nor a tombstone, waits: so what waits is
-- read for its due time only, and only if it is little.
-- $1 the key; $2 of this kind, or null for the first 200 that there are keys of; $3 of this queue, or null; $4 in this state
WITH RECURSIVE named AS (
    -- Kind by kind down the index.
    (SELECT k.kind FROM ${schema}.unique_key k WHERE $2::text IS NULL ORDER BY k.kind LIMIT 1)
    UNION ALL
    SELECT (SELECT k.kind FROM ${schema}.unique_key k WHERE k.kind > n.kind ORDER BY k.kind LIMIT 1)
    FROM named n WHERE n.kind IS NOT NULL
), asked AS MATERIALIZED (
    SELECT $2 AS kind WHERE $2 IS NOT NULL
    UNION ALL
    SELECT n.kind FROM (SELECT named.kind FROM named LIMIT 200) AS n WHERE n.kind IS NOT NULL
), holder AS MATERIALIZED (
    SELECT k.job, k.free_at, a.kind, t.failure, t.state, t.died_at, t.attempt,
           coalesce(t.queue, j.queue) AS queue, coalesce(t.priority, j.priority) AS priority
    FROM asked a
    CROSS JOIN LATERAL (SELECT h.job, u.free_at
                        FROM ${schema}.unique_key h LEFT JOIN ${schema}.unreleased_key u ON u.job = h.job
                        WHERE h.kind = a.kind AND h.key = $1::text OFFSET 0) AS k
    LEFT JOIN LATERAL (SELECT d.state, d.queue, d.priority, d.attempt, d.died_at, d.failures -> -1 AS failure
                       FROM ${schema}.tombstone d WHERE d.job = k.job OFFSET 0) AS t ON true
    LEFT JOIN LATERAL (SELECT o.queue, o.priority FROM ${schema}.job o WHERE o.id = k.job OFFSET 0) AS j ON true
), held AS MATERIALIZED (
    SELECT h.job, l.worker, l.attempt FROM holder h JOIN ${schema}.lease l ON l.jobs @> h.job WHERE h.state IS NULL
), rest AS MATERIALIZED (
    SELECT h.job, h.queue, h.priority, h.free_at, f.at AS failed_at, f.attempt AS failed
    FROM holder h
    LEFT JOIN LATERAL (SELECT p.at, p.attempt FROM ${schema}.attempt_failure p
                       WHERE p.job = h.job ORDER BY p.at DESC, p.attempt DESC LIMIT 1) AS f ON true
    WHERE h.state IS NULL AND NOT EXISTS (SELECT FROM held WHERE held.job = h.job)
), near AS MATERIALIZED (
    SELECT r.job, n.run_at, n.attempt
    FROM rest r, LATERAL (${include near job=r.job queue=r.queue priority=r.priority failed=r.failed_at}) AS n
    WHERE r.free_at IS NULL
), elsewhere AS MATERIALIZED (
    SELECT r.job FROM rest r
    WHERE r.free_at IS NULL AND NOT EXISTS (SELECT FROM near WHERE near.job = r.job)
      AND (SELECT pg_relation_size('${schema}.pending') <= 200 * current_setting('block_size')::bigint)
), waits AS MATERIALIZED (
    SELECT near.* FROM near
    UNION ALL
    SELECT e.job, p.run_at, p.attempt
    FROM elsewhere e JOIN ${schema}.pending p ON p.jobs @> e.job
    WHERE (SELECT count(*) FROM elsewhere) > 0
)
SELECT h.job, h.queue, h.kind, h.priority,
       coalesce(h.attempt, held.attempt, waits.attempt, rest.failed + CASE WHEN rest.free_at IS NULL THEN 0 ELSE 1 END,
                CASE WHEN rest.free_at IS NULL THEN 0 ELSE 1 END) AS attempt,
       waits.run_at, h.died_at AS ended_at, held.worker, $1 AS unique_key,
       h.failure ->> 'type' AS error_type, h.failure ->> 'message' AS message
FROM holder h LEFT JOIN held ON held.job = h.job LEFT JOIN rest ON rest.job = h.job LEFT JOIN waits ON waits.job = h.job
WHERE ($3::text IS NULL OR h.queue = $3)
  AND $4::text = CASE WHEN h.state IS NOT NULL THEN h.state
                      WHEN held.job IS NOT NULL THEN 'LEASED'
                      WHEN rest.free_at IS NULL THEN 'PENDING'
                      WHEN rest.free_at > now() THEN 'COMPLETED' END
ORDER BY h.job
