-- Makes one job due that waits for a later time; a job that is due keeps its place. Always one row.
-- $1 the job
WITH stored AS MATERIALIZED (
    SELECT j.queue, j.priority FROM ${schema}.job j WHERE j.id = $1
), one AS MATERIALIZED (
    SELECT int8multirange(int8range($1, $1, '[]')) AS job
), waited AS (
    -- By the index: of its queue and priority, what is not due yet.
    DELETE FROM ${schema}.pending p USING stored s
    WHERE p.queue = s.queue AND p.priority = s.priority AND p.run_at > now() AND p.jobs @> $1 AND p.size = 1
    RETURNING p.queue, p.kind, p.priority, p.attempt, p.suspicion
), left_set AS (
    UPDATE ${schema}.pending p SET jobs = p.jobs - (SELECT job FROM one), size = p.size - 1 FROM stored s
    WHERE p.queue = s.queue AND p.priority = s.priority AND p.run_at > now() AND p.jobs @> $1 AND p.size > 1
    RETURNING p.queue, p.kind, p.priority, p.attempt, p.suspicion
), moved AS (
    SELECT m.*, now() AS run_at, 1 AS size, (SELECT job FROM one) AS jobs
    FROM (TABLE waited UNION ALL TABLE left_set) AS m
), queued AS (
    ${include pending source=moved}
    RETURNING queue, run_at
)
SELECT (SELECT count(*) FROM queued) AS moved, (${include wake source=queued mark='=' except=0 later=0}) AS woken
