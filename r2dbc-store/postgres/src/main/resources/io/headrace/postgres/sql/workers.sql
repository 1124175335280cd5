-- The workers, and how many jobs each has.
SELECT w.id, w.name, w.queues,
       (extract(epoch FROM now() - w.started_at) * 1000)::bigint AS running_ms,
       (extract(epoch FROM w.expires_at - now()) * 1000)::bigint AS expires_ms,
       (SELECT coalesce(sum(upper(r) - lower(r)), 0)
        FROM ${schema}.lease l, unnest(l.jobs) AS r WHERE l.worker = w.id)::bigint AS leased
FROM ${schema}.worker w
ORDER BY w.id
