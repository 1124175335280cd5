-- After how many milliseconds the next job of a queue is due, of any kind. Null if none is pending.
-- queue: its name
SELECT extract(epoch FROM min(later.run_at) - now()) * 1000
FROM generate_series(0, 9) AS probe (priority),
     LATERAL (
         SELECT s.run_at FROM ${schema}.pending s
         WHERE s.queue = ${queue} AND s.priority = probe.priority::smallint AND s.run_at > now()
         ORDER BY s.run_at LIMIT 1) AS later
