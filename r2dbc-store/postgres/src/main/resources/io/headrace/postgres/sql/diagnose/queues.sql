-- The queues in which something waits, at most 1,000, and those that are paused. What it costs does not depend on how much waits.
WITH RECURSIVE ${include with_pending}, known AS (
    (SELECT queue FROM with_pending WHERE queue IS NOT NULL LIMIT 1000)
    UNION
    SELECT name FROM ${schema}.queue WHERE paused_at IS NOT NULL
)
SELECT k.queue, (extract(epoch FROM now() - oldest.run_at) * 1000)::bigint AS oldest_due_ms,
       EXISTS (SELECT FROM ${schema}.worker w WHERE k.queue = ANY (w.queues) AND w.expires_at > now()) AS served,
       (SELECT (extract(epoch FROM now() - q.paused_at) * 1000)::bigint FROM ${schema}.queue q WHERE q.name = k.queue) AS paused_ms
FROM known k,
     LATERAL (${include oldest_due queue=k.queue}) AS oldest
ORDER BY k.queue
