-- The queues that hold something that waits, or that are paused; at most 1,000. Name by name down the index, and of each queue one
-- probe for each priority: how much waits does not matter.
WITH RECURSIVE with_pending AS (
    (SELECT queue FROM ${schema}.pending ORDER BY queue LIMIT 1)
    UNION ALL
    SELECT (SELECT p.queue FROM ${schema}.pending p WHERE p.queue > w.queue ORDER BY p.queue LIMIT 1)
    FROM with_pending w WHERE w.queue IS NOT NULL
), known AS (
    (SELECT queue FROM with_pending WHERE queue IS NOT NULL LIMIT 1000)
    UNION
    SELECT name FROM ${schema}.queue WHERE paused_at IS NOT NULL
)
SELECT k.queue, (extract(epoch FROM now() - oldest.run_at) * 1000)::bigint AS oldest_due_ms,
       EXISTS (SELECT FROM ${schema}.worker w WHERE k.queue = ANY (w.queues) AND w.expires_at > now()) AS served,
       (SELECT (extract(epoch FROM now() - q.paused_at) * 1000)::bigint FROM ${schema}.queue q WHERE q.name = k.queue) AS paused_ms
FROM known k,
     LATERAL (
         SELECT min(first.run_at) AS run_at
         FROM generate_series(0, 9) AS probe (priority),
              LATERAL (SELECT p.run_at FROM ${schema}.pending p
                       WHERE p.queue = k.queue AND p.priority = probe.priority::smallint AND p.run_at <= now()
                       ORDER BY p.run_at LIMIT 1) AS first) AS oldest
ORDER BY k.queue
