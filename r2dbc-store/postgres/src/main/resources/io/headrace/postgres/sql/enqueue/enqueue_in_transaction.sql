-- Adds jobs of one queue, kind and priority which are due at once, at most 1,024, in a transaction of the caller's, and leases
-- them to the worker in whose process they come. They are pending as any other if they must wait.
-- $1-$3 queue, kind and priority, $4 how many, $5-$7 the jobs (payload, headers, max_attempts), $8 the worker,
-- $9-$10 the terms of this kind (max_attempts, deadline in milliseconds), $11 the kinds that the worker handles,
-- $12 for each priority from 0 up, where what is older would be: dead index entries before it need not be walked
WITH b AS MATERIALIZED (
    SELECT f.id, int8multirange(int8range(f.id, f.id + $4::integer)) AS jobs
    FROM (SELECT ${schema}.next_block() AS id) AS f
), l AS MATERIALIZED (
    SELECT ${schema}.granted_lease($8, $1, $2, $3, b.jobs, $9, $10, $11, $12::timestamptz[]) AS id FROM b
), sets AS (
    SELECT $1 AS queue, $2 AS kind, $3 AS priority, statement_timestamp() AS run_at, 0 AS attempt, 0 AS suspicion,
           $4 AS size, b.jobs
    FROM b, l WHERE l.id IS NULL
), queued AS (
    ${include pending source=sets}
), written AS (
    INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts)
    SELECT b.id + j.nr - 1, $1, $2, $3, j.payload::jsonb, j.headers::jsonb, j.max_attempts
    FROM b, unnest($5::text[], $6::text[], $7::smallint[]) WITH ORDINALITY AS j (payload, headers, max_attempts, nr)
)
SELECT b.id AS first, l.id AS lease, (${include wake source=sets mark='=' except=$8}) AS woken
FROM b, l
