-- What is recorded of jobs: their steps, and how far their cursors were moved. Jobs are left out once those before them have so
-- many bytes in all.
-- $1 the jobs, $2 how many bytes
WITH found AS MATERIALIZED (
    SELECT asked.place, asked.job, s.at, s.took_ms, s.attempt, s.name, s.value::text AS value, NULL::bigint AS nr
    FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (job, place),
         LATERAL (SELECT * FROM ${schema}.step s WHERE s.job = asked.job OFFSET 0) AS s
    UNION ALL
    SELECT asked.place, asked.job, c.at, NULL, c.attempt, NULL, c.value::text, c.nr
    FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (job, place),
         LATERAL (SELECT * FROM ${schema}.job_cursor c WHERE c.job = asked.job ORDER BY c.nr DESC LIMIT 1) AS c
), counted AS (
    SELECT f.*,
           coalesce(sum(octet_length(f.value)) OVER (ORDER BY f.place RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
               AS bytes_before
    FROM found f
)
SELECT c.job, (extract(epoch FROM c.at) * 1000000)::bigint AS at_us, c.took_ms, c.attempt, c.name, c.value, c.nr
FROM counted c WHERE c.bytes_before < $2
UNION ALL
SELECT DISTINCT c.job, NULL::bigint, NULL::integer, NULL::integer, NULL, NULL, NULL::bigint
FROM counted c WHERE c.bytes_before >= $2
