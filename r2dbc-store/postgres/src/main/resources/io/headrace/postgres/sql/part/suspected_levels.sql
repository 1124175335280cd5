-- The suspicions, other than none, of which jobs are due.
-- queue: its name; kinds: the kinds that the worker handles
ARRAY(SELECT level.nr::integer FROM generate_series(1, 2) AS level (nr)
      WHERE EXISTS (SELECT FROM ${schema}.pending s
                    WHERE s.queue = ${queue} AND s.suspicion = level.nr AND s.suspicion > 0
                      AND s.run_at <= now() AND s.kind = ANY (${kinds})))
