-- Keeps the results of jobs that have completed.
-- $1-$2 (job, its result as JSON)
INSERT INTO ${schema}.result (job, value)
SELECT r.job, r.value::jsonb FROM unnest($1::bigint[], $2::text[]) AS r (job, value)
-- A store that was restored from a dump may have one already.
ON CONFLICT (job) DO UPDATE SET value = excluded.value
