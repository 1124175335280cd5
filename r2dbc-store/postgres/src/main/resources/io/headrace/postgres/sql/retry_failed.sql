-- Makes failed tombstones pending again, at most a chunk of them.
-- $1 these, or null; $2 of this kind, or null; $3 of this queue, or null; $4 beyond this job; $5 how many
WITH meant AS MATERIALIZED (
    -- A branch for each, of which one runs, and stops at the limit: so a plan that serves all of them has the right index.
    (SELECT job FROM ${schema}.tombstone
     WHERE $1::bigint[] IS NOT NULL AND state = 'FAILED' AND job > $4 AND job = ANY ($1) ORDER BY job LIMIT $5)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $2::text IS NOT NULL AND state = 'FAILED' AND job > $4 AND kind = $2 ORDER BY job LIMIT $5)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $3::text IS NOT NULL AND state = 'FAILED' AND job > $4 AND queue = $3 ORDER BY job LIMIT $5)
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
    -- Most of the failures are there already: all but the last, and those that went with their segment.
    INSERT INTO ${schema}.attempt_failure (job, worker, at, attempt, error_type, message, trace)
    SELECT r.job, 0, (f.failure ->> 'at')::timestamptz, (f.failure ->> 'attempt')::integer, f.failure ->> 'type',
           f.failure ->> 'message', f.failure ->> 'trace'
    FROM revived r, jsonb_array_elements(r.failures) AS f (failure)
    WHERE NOT EXISTS (
        -- One by one, by the index: as a join it would read all the failures there are.
        SELECT FROM ${schema}.attempt_failure p
        WHERE p.job = r.job AND p.attempt = (f.failure ->> 'attempt')::integer
          AND p.at = (f.failure ->> 'at')::timestamptz
        OFFSET 0)
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
