-- Looks at queues on which a worker sleeps: whether something is due, and when the next is. Leases nothing and locks nothing.
-- $1-$3 the queues (name, where to begin: dead index entries before it need not be walked, number of the kinds handled),
-- $4-$5 the kinds (number, kind)
WITH handled AS MATERIALIZED (
    SELECT k.nr, array_agg(k.kind) AS kinds FROM unnest($4::integer[], $5::text[]) AS k (nr, kind) GROUP BY k.nr
)
SELECT now() AS at, look.due, (extract(epoch FROM look.later_at - now()) * 1000)::bigint AS next_due_ms,
       EXISTS (SELECT FROM ${schema}.queue q WHERE q.name = asked.queue AND q.paused_at IS NOT NULL) AS paused
FROM unnest($1::text[], $2::timestamptz[], $3::integer[]) WITH ORDINALITY AS asked (queue, floor, kinds_nr, nr)
LEFT JOIN handled ON handled.nr = asked.kinds_nr,
     LATERAL (
         -- Where nothing waits, one probe a priority is all.
         SELECT coalesce(bool_or(first.run_at <= now() AND (
                    SELECT true FROM ${schema}.pending s
                    WHERE s.queue = asked.queue AND s.priority = probe.priority::smallint
                      AND s.run_at >= first.run_at AND s.run_at <= now() AND s.kind = ANY (handled.kinds)
                    LIMIT 1)), false) AS due,
                min(CASE WHEN first.run_at > now() THEN first.run_at ELSE (
                    SELECT s.run_at FROM ${schema}.pending s
                    WHERE s.queue = asked.queue AND s.priority = probe.priority::smallint AND s.run_at > now()
                    ORDER BY s.run_at LIMIT 1) END) AS later_at
         FROM generate_series(0, 9) AS probe (priority),
              LATERAL (
                  SELECT s.run_at FROM ${schema}.pending s
                  WHERE s.queue = asked.queue AND s.priority = probe.priority::smallint AND s.run_at >= asked.floor
                  ORDER BY s.run_at LIMIT 1) AS first) AS look
ORDER BY asked.nr
