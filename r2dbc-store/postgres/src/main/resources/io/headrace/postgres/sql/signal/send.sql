-- Sends a signal, and makes the jobs that wait for it due. Always one row.
-- $1 the key, $2 the value, $3 the headers, $4 how long to wait for another's transaction, null for as long as it takes
WITH sent AS MATERIALIZED (
    SELECT s.* FROM ${schema}.send_signal($1, $2::jsonb, $3::jsonb, $4) AS s
), sets AS (
    SELECT s.queue, s.kind, s.priority, statement_timestamp() AS run_at, s.attempt, 0 AS suspicion, s.size, s.jobs
    FROM sent s WHERE s.answer IS NULL
), queued AS (
    ${include pending source=sets}
    RETURNING queue, run_at, size
)
SELECT (SELECT answer FROM sent WHERE answer IS NOT NULL) AS answer,
       (SELECT coalesce(sum(size), 0) FROM queued)::bigint AS due,
       (${include wake source=queued mark='=' except=0 later=0}) AS woken
