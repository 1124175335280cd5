-- The workers that are registered.
SELECT w.id, w.name, (SELECT m.version FROM ${schema}.engine_mark m WHERE m.worker = w.id) AS version, w.queues, w.kinds, w.slots,
       w.started_at, w.heard_at, (extract(epoch FROM w.expires_at - now()) * 1000)::bigint AS expires_in_ms,
       count(l.id) AS leases,
       coalesce(sum((SELECT sum(upper(r) - lower(r)) FROM unnest(l.jobs) AS r)), 0)::bigint AS jobs
FROM ${schema}.worker w LEFT JOIN ${schema}.lease l ON l.worker = w.id
GROUP BY w.id
ORDER BY w.started_at, w.id
