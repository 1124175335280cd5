-- Makes failed tombstones pending again, at most a chunk of them.
-- $1-$7 as in part/failed.sql
WITH ${include failed}, revived AS (
    DELETE FROM ${schema}.tombstone WHERE job = ANY (ARRAY(SELECT job FROM free)) AND state = 'FAILED'
    RETURNING *
), stored AS (
    -- The job's own row may have gone with its segment.
    INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts, unique_key)
    SELECT r.job, r.queue, r.kind, r.priority, r.payload, r.headers, r.max_attempts, r.unique_key FROM revived r
    ON CONFLICT (id) DO NOTHING
), remembered AS (
    -- Most of the failures are there already: all but the last, and those that went with their segment.
    INSERT INTO ${schema}.attempt_failure (job, worker, at, attempt, error_type, message, fingerprint, trace)
    SELECT r.job, coalesce((f.failure ->> 'worker')::bigint, 0), (f.failure ->> 'at')::timestamptz,
           (f.failure ->> 'attempt')::integer, f.failure ->> 'type', f.failure ->> 'message',
           (f.failure ->> 'fingerprint')::bigint, (f.failure ->> 'trace')::uuid
    FROM revived r, jsonb_array_elements(r.failures) AS f (failure)
    WHERE NOT EXISTS (
        -- One by one, by the index: as a join it would read all the failures there are.
        SELECT FROM ${schema}.attempt_failure p
        WHERE p.job = r.job AND p.attempt = (f.failure ->> 'attempt')::integer
          AND p.at = (f.failure ->> 'at')::timestamptz
        OFFSET 0)
), sets AS (
    SELECT r.queue, r.kind, r.priority, now() AS run_at, 0 AS attempt, 0 AS suspicion, count(*) AS size,
           range_agg(int8range(r.job, r.job, '[]')) AS jobs
    FROM revived r
    GROUP BY r.queue, r.kind, r.priority
), queued AS (
    ${include pending source=sets}
    RETURNING queue, run_at
)
SELECT (SELECT count(*) FROM meant) AS matched,
       (SELECT count(*) FROM revived) AS applied,
       (SELECT max(job) FROM meant) AS last,
       (${include wake source=queued mark='=' except=0 later=0}) AS woken
