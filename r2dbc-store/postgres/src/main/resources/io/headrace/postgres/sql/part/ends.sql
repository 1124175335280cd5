-- How jobs ended, by their ids alone: a tombstone, or completed if it has a result or is known to have. One that completed
-- without a result and is not known to have is missing. Failures go without their stack traces.
-- jobs: those that may have ended; completed: others, which are known to have completed
SELECT t.job AS id, t.state, t.attempt, (t.failures -> -1) - 'trace' || ${include version failure=(t.failures->-1)} AS failure,
       NULL::jsonb AS result
FROM ${schema}.tombstone t WHERE t.job = ANY (${jobs})
UNION ALL
SELECT r.job, 'COMPLETED', NULL, NULL, r.value FROM ${schema}.result r WHERE r.job = ANY (${jobs})
UNION ALL
SELECT ids.id, 'COMPLETED', NULL, NULL, r.value
FROM unnest(${completed}) AS ids (id) LEFT JOIN ${schema}.result r ON r.job = ids.id
