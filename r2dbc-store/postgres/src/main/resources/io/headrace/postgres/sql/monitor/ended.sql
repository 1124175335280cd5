-- The jobs that ended in the last seconds, of many the latest: of what completed, only the last pages are read.
-- $1 only jobs of this queue, or null; $2 only jobs of this kind, or null; $3 whether only failed ones
WITH completed_end AS MATERIALIZED (
    ${include newest table=completed pages=192}
), done AS MATERIALIZED (
    SELECT c.at, c.attempt, c.queue, c.kind, c.jobs FROM ${schema}.completed c
    WHERE NOT $3 AND c.at >= (SELECT since FROM completed_end) AND c.at < (SELECT ends_at FROM completed_end)
      AND c.ctid >= (SELECT first_row FROM completed_end)
      AND ($1::text IS NULL OR c.queue = $1) AND ($2::text IS NULL OR c.kind = $2)
    ORDER BY c.at DESC LIMIT 1000
)
(SELECT j.id AS job, 'COMPLETED' AS state, d.queue, d.kind, d.attempt, d.at, NULL AS error_type, NULL AS message
 FROM done d, LATERAL (
     SELECT i.id FROM unnest(d.jobs) AS r, generate_series(lower(r), upper(r) - 1) AS i (id) LIMIT 1000) AS j
 LIMIT 1000)
UNION ALL
(SELECT t.job, t.state, t.queue, t.kind, t.attempt, t.died_at, t.failures -> -1 ->> 'type', t.failures -> -1 ->> 'message'
 FROM ${schema}.tombstone t
 WHERE t.died_at >= now() - interval '10 seconds' AND (t.state = 'FAILED' OR (NOT $3 AND t.state = 'CANCELLED'))
   AND ($1::text IS NULL OR t.queue = $1) AND ($2::text IS NULL OR t.kind = $2)
 ORDER BY t.died_at DESC LIMIT 1000)
