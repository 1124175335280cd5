-- The queues that are paused, hold something or are worked on.
WITH waiting AS (
    SELECT queue, coalesce(sum(size) FILTER (WHERE run_at <= now()), 0) AS due,
           coalesce(sum(size) FILTER (WHERE run_at > now()), 0) AS scheduled, min(run_at) AS oldest
    FROM ${schema}.pending GROUP BY queue
), leased AS (
    SELECT l.queue, sum(upper(r) - lower(r)) AS jobs FROM ${schema}.lease l, unnest(l.jobs) AS r GROUP BY l.queue
), failed AS (
    SELECT queue, count(*) AS jobs FROM ${schema}.tombstone WHERE state = 'FAILED' GROUP BY queue
), worked AS (
    SELECT q.queue, count(DISTINCT w.id) AS workers
    FROM ${schema}.worker w, unnest(w.queues) AS q (queue) WHERE w.expires_at > now() GROUP BY q.queue
)
SELECT queue, EXISTS (SELECT FROM ${schema}.queue s WHERE s.name = queue AND s.paused_at IS NOT NULL) AS paused,
       coalesce(waiting.due, 0)::bigint AS due, coalesce(waiting.scheduled, 0)::bigint AS scheduled,
       coalesce(leased.jobs, 0)::bigint AS leased, coalesce(failed.jobs, 0)::bigint AS failed,
       CASE WHEN waiting.oldest <= now() THEN extract(epoch FROM now() - waiting.oldest) * 1000 END::bigint AS oldest_due_ms,
       coalesce(worked.workers, 0)::integer AS workers
FROM (SELECT queue FROM waiting UNION SELECT queue FROM leased UNION SELECT queue FROM failed UNION SELECT queue FROM worked
      UNION SELECT name FROM ${schema}.queue WHERE paused_at IS NOT NULL) AS known
LEFT JOIN waiting USING (queue) LEFT JOIN leased USING (queue) LEFT JOIN failed USING (queue) LEFT JOIN worked USING (queue)
ORDER BY queue COLLATE "C"
