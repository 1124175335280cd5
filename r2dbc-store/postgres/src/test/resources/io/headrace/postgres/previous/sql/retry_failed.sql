-- Makes failed tombstones pending again, at most a chunk of them.
-- $1 these, or null; $2 of this kind, or null; $3 of this queue, or null; $4 beyond this job; $5 how many
WITH meant AS MATERIALIZED (
    SELECT job FROM ${schema}.tombstone
    WHERE state = 'FAILED' AND job > $4
      AND ($1::bigint[] IS NULL OR job = ANY ($1)) AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR queue = $3)
    ORDER BY job
    LIMIT $5
), free AS MATERIALIZED (
    -- Those that somebody else is deciding about are passed by.
    SELECT job FROM ${schema}.tombstone
    WHERE job = ANY (ARRAY(SELECT job FROM meant)) AND state = 'FAILED'
    FOR UPDATE SKIP LOCKED
), revived AS (
    DELETE FROM ${schema}.tombstone WHERE job = ANY (ARRAY(SELECT job FROM free)) AND state = 'FAILED'
    RETURNING *
), stored AS (
    -- The job's own row may have gone with its segment.
    INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts, unique_key)
    SELECT r.job, r.queue, r.kind, r.priority, r.payload, r.headers, r.max_attempts, r.unique_key FROM revived r
    ON CONFLICT (id) DO NOTHING
), remembered AS (
    -- The failures before the last are there already, unless their retention is over.
    INSERT INTO ${schema}.attempt_failure (job, worker, at, attempt, error_type, message, trace)
    SELECT r.job, 0, r.died_at, r.attempt, r.failures -> -1 ->> 'type', r.failures -> -1 ->> 'message',
           r.failures -> -1 ->> 'trace'
    FROM revived r
    WHERE jsonb_array_length(r.failures) > 0
), queued AS (
    INSERT INTO ${schema}.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
    SELECT r.queue, r.kind, r.priority, now(), 0, 0, count(*), range_agg(int8range(r.job, r.job, '[]'))
    FROM revived r
    GROUP BY r.queue, r.kind, r.priority
    RETURNING queue
)
SELECT (SELECT count(*) FROM meant) AS matched,
       (SELECT count(*) FROM revived) AS applied,
       (SELECT max(job) FROM meant) AS last,
       (SELECT count(pg_notify('${schema}', '=' || due.queue))
        FROM (SELECT DISTINCT queue FROM queued) AS due
        WHERE EXISTS (SELECT FROM ${schema}.worker w WHERE due.queue = ANY (w.waiting))) AS woken
