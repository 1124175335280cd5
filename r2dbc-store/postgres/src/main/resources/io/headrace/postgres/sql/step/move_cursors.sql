-- Moves cursors of jobs, each only if its job is still in the lease it names. Answers which came too late.
-- $1 the worker, $2 the leases, $3-$7 the cursors (lease, job, number, the number before it, value)
WITH held AS MATERIALIZED (
    ${include held leases=$2}
), fenced AS MATERIALIZED (
    SELECT n.position, n.job, n.nr, n.passed, n.value, h.attempt
    FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[]) WITH ORDINALITY
        AS n (lease, job, nr, passed, value, position)
    JOIN held h ON h.id = n.lease AND h.jobs @> n.job
), moved AS (
    INSERT INTO ${schema}.job_cursor (job, nr, at, attempt, value)
    SELECT f.job, f.nr, now(), f.attempt, f.value::json FROM fenced f
    ORDER BY f.job
    -- It may be sent again because the answer was lost.
    ON CONFLICT (job, nr) DO NOTHING
), passed AS (
    DELETE FROM ${schema}.job_cursor c USING fenced f
    WHERE c.job = f.job AND c.nr >= f.passed AND c.nr < f.nr
)
SELECT late.nr FROM generate_series(1, cardinality($3)) AS late (nr) WHERE late.nr NOT IN (SELECT f.position FROM fenced f)
