-- Wakes the workers that wait, for jobs that are due or will be within half a minute: one notification for each queue on which
-- somebody waits, for the first of its jobs. Always one row.
-- A '+', how many milliseconds it is until then and a blank before the queue in the notification: its first job is due later.
-- source: the sets (queue, run_at); mark: '<' if some took an old place, otherwise '='; except: a worker that learns by other
-- means of what is due, 0 for none; later: one that learns of what is due later
SELECT count(pg_notify('${schema}', CASE WHEN soon.ms > 0 THEN '+' || soon.ms::text || ' ' ELSE ${mark} END || soon.queue)) AS woken
FROM (SELECT queue, ceil(extract(epoch FROM min(run_at) - statement_timestamp())::float8 * 1000::float8)::bigint AS ms
      FROM ${source} WHERE run_at < statement_timestamp() + interval '30 seconds' GROUP BY queue) AS soon,
     LATERAL (SELECT CASE WHEN soon.ms > 0 THEN ${later}::bigint ELSE ${except}::bigint END AS id) AS but
WHERE ${include idle queue=soon.queue but=but.id}
