-- Adds jobs of which none has a unique key, at most 1,024: one row each, and one pending set for those that are alike.
-- $1-$6 the sets (queue, kind, priority, delay in microseconds, run_at or null, how many jobs),
-- $7-$10 the jobs, set by set (number of the set from 1, payload, headers, max_attempts),
-- $11 the worker in whose process they come, 0 for none or if it is not to be told by other means
WITH block AS MATERIALIZED (
    SELECT ${schema}.next_block() AS first
), asked AS MATERIALIZED (
    SELECT g.nr, g.queue, g.kind, g.priority, g.size,
           sum(g.size) OVER (ORDER BY g.nr)::bigint - g.size AS skip,
           greatest(statement_timestamp() + g.delay_us::float8 * interval '1 microsecond', g.run_at) AS run_at
    FROM unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::timestamptz[], $6::integer[])
        WITH ORDINALITY AS g (queue, kind, priority, delay_us, run_at, size, nr)
), sets AS (
    SELECT asked.queue, asked.kind, asked.priority, asked.run_at, 0 AS attempt, 0 AS suspicion, asked.size,
           int8multirange(int8range(block.first + asked.skip, block.first + asked.skip + asked.size)) AS jobs
    FROM asked, block
), queued AS (
    ${include pending source=sets}
), written AS (
    ${include jobs}
)
SELECT block.first, (${include wake source=asked mark='=' except=$11 later=$11}) AS woken
FROM block
