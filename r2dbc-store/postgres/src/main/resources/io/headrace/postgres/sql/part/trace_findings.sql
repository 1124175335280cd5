-- What an audit finds of stack traces: the columns are audit.sql's.
SELECT 'TRACE_GONE', count(DISTINCT f.job), min(f.job), NULL
FROM (
    SELECT p.job, p.trace FROM ${schema}.attempt_failure p WHERE p.trace IS NOT NULL
    UNION ALL
    SELECT d.job, (e.failure ->> 'trace')::uuid
    FROM ${schema}.tombstone d, jsonb_array_elements(d.failures) AS e (failure)
    WHERE e.failure ->> 'trace' IS NOT NULL
) AS f
WHERE NOT EXISTS (SELECT FROM ${schema}.trace t WHERE t.hash = f.trace)
