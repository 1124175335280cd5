-- Since when the oldest due job of a queue has been due, by one probe of the index for each priority; null if none is due.
-- queue: the queue
SELECT min(first.run_at) AS run_at
FROM generate_series(0, 9) AS probe (priority),
     LATERAL (SELECT p.run_at FROM ${schema}.pending p
              WHERE p.queue = ${queue} AND p.priority = probe.priority::smallint AND p.run_at <= now()
              ORDER BY p.run_at LIMIT 1) AS first
