-- How many jobs ended in which way, by queue and kind; those that were forgotten count on.
SELECT t.queue, t.kind,
       coalesce(sum(t.jobs) FILTER (WHERE t.what = 'COMPLETED'), 0)::bigint AS completed,
       coalesce(sum(t.jobs) FILTER (WHERE t.what = 'FAILED'), 0)::bigint AS failed,
       coalesce(sum(t.jobs) FILTER (WHERE t.what IN ('CANCELLED', 'PRUNED_CANCELLED')), 0)::bigint AS cancelled,
       coalesce(sum(t.jobs) FILTER (WHERE t.what IN ('DISCARDED', 'PRUNED_DISCARDED')), 0)::bigint AS discarded,
       coalesce(sum(t.jobs) FILTER (WHERE t.what = 'PRUNED_FAILED'), 0)::bigint AS pruned_failed
FROM (SELECT queue, kind, 'COMPLETED' AS what, completed AS jobs FROM ${schema}.total
      UNION ALL SELECT queue, kind, 'COMPLETED', sum(size) FROM ${schema}.completed GROUP BY queue, kind
      UNION ALL SELECT queue, kind, state, count(*) FROM ${schema}.tombstone GROUP BY queue, kind, state
      UNION ALL SELECT queue, kind, 'PRUNED_' || state, sum(size) FROM ${schema}.pruned GROUP BY queue, kind, state) AS t
GROUP BY t.queue, t.kind
ORDER BY t.queue, t.kind
