-- Records what steps of jobs returned, each only if its job is still in the lease it names. Answers which came too late.
-- $1 the worker, $2 the leases, $3-$7 the steps (lease, job, milliseconds, name, value or null)
WITH held AS MATERIALIZED (
    ${include held leases=$2}
), fenced AS MATERIALIZED (
    SELECT n.nr, n.job, n.took_ms, n.name, n.value, h.attempt
    FROM unnest($3::bigint[], $4::bigint[], $5::integer[], $6::text[], $7::text[]) WITH ORDINALITY
        AS n (lease, job, took_ms, name, value, nr)
    JOIN held h ON h.id = n.lease AND h.jobs @> n.job
), recorded AS (
    INSERT INTO ${schema}.step (job, at, took_ms, attempt, name, value)
    -- Each a moment later, so that those of one job keep their order: rows may take the places of others that are gone.
    SELECT f.job, now() + f.nr * interval '1 microsecond', f.took_ms, f.attempt, f.name, f.value::json FROM fenced f
    -- It may be sent again because the answer was lost.
    WHERE NOT EXISTS (SELECT FROM ${schema}.step s WHERE s.job = f.job AND s.name = f.name OFFSET 0)
    ORDER BY f.job
)
SELECT late.nr FROM generate_series(1, cardinality($3)) AS late (nr) WHERE late.nr NOT IN (SELECT f.nr FROM fenced f)
