-- Jobs that wait for signals, by key and then by job. kind is null of one that does not wait at this moment.
-- $1 for this key, or null, $2-$3 beyond this key and job, $4 how many at most
WITH walked AS MATERIALIZED (
    -- Two branches, of which one runs, so that a plan that serves both goes by the index.
    (SELECT a.key, a.job, a.queue, a.priority, a.since, a.until FROM ${schema}.awaited a
     WHERE $1::text IS NULL AND a.outcome IS NULL AND (a.key, a.job) > ($2::text, $3::bigint)
     ORDER BY a.key, a.job LIMIT $4)
    UNION ALL
    (SELECT a.key, a.job, a.queue, a.priority, a.since, a.until FROM ${schema}.awaited a
     WHERE a.key = $1::text AND a.outcome IS NULL AND a.job > $3::bigint
     ORDER BY a.key, a.job LIMIT $4)
)
SELECT w.key, w.job, w.queue, w.since, w.until, p.kind
FROM walked w
LEFT JOIN LATERAL (SELECT s.kind FROM ${schema}.pending s
                   WHERE s.queue = w.queue AND s.priority = w.priority AND s.run_at = w.until AND s.jobs @> w.job
                   LIMIT 1) AS p ON true
ORDER BY w.key, w.job
