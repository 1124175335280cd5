-- The conservation law at one moment: every job is in exactly one place, and every live id has its job.
WITH place AS MATERIALIZED (
    SELECT 'pending' AS name, size, jobs FROM ${schema}.pending
    UNION ALL SELECT 'lease', NULL, jobs FROM ${schema}.lease
    UNION ALL SELECT 'completed', size, jobs FROM ${schema}.completed
    UNION ALL SELECT 'tombstone', NULL, int8multirange(int8range(job, job, '[]')) FROM ${schema}.tombstone
    UNION ALL SELECT 'pruned', size, jobs FROM ${schema}.pruned
), span AS MATERIALIZED (
    SELECT name, lower(r) AS lo, upper(r) AS hi FROM place, unnest(jobs) AS r
), overlap AS (
    -- A span that begins before one that began earlier has ended shares these ids with it.
    SELECT lo, least(hi, reach) AS hi
    FROM (SELECT lo, hi, max(hi) OVER (ORDER BY lo, hi ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
          FROM span) AS s
    WHERE lo < reach
), island AS (
    -- Runs of consecutive job ids, so that what is compared are ranges and not ids.
    SELECT int8range(min(id), max(id), '[]') AS r
    FROM (SELECT id, id - row_number() OVER (ORDER BY id) AS run FROM ${schema}.job) AS j
    GROUP BY run
), everything AS MATERIALIZED (
    SELECT coalesce((SELECT range_agg(r) FROM island), '{}') AS stored,
           coalesce((SELECT range_agg(int8range(lo, hi)) FROM span), '{}') AS placed,
           coalesce((SELECT range_agg(int8range(lo, hi)) FROM span WHERE name IN ('pending', 'lease')), '{}') AS live
), finding AS (
    SELECT 'NOWHERE' AS what, sum(upper(r) - lower(r)) AS jobs, min(lower(r)) AS example, NULL::text AS schedule
    FROM everything, unnest(stored - placed) AS r
    UNION ALL
    SELECT 'WITHOUT_JOB', sum(upper(r) - lower(r)), min(lower(r)), NULL FROM everything, unnest(live - stored) AS r
    UNION ALL
    SELECT 'TWICE', sum(hi - lo), min(lo), NULL FROM overlap
    UNION ALL
    SELECT 'WRONG_SIZE', sum(s.size), min(s.first), NULL
    FROM (SELECT size, (SELECT sum(upper(r) - lower(r)) FROM unnest(jobs) AS r) AS counted,
                 (SELECT min(lower(r)) FROM unnest(jobs) AS r) AS first
          FROM place WHERE size IS NOT NULL) AS s
    WHERE s.size <> s.counted
    UNION ALL
    SELECT 'KEY_NOT_RELEASED', count(*), min(k.job), NULL
    FROM ${schema}.unique_key k, everything
    WHERE NOT live @> k.job
      AND NOT EXISTS (SELECT FROM ${schema}.tombstone t WHERE t.job = k.job AND t.state = 'FAILED')
      AND NOT EXISTS (SELECT FROM ${schema}.unreleased_key u WHERE u.job = k.job)
    UNION ALL
    SELECT 'KEY_LOST', count(*), min(owner.id), NULL
    FROM (SELECT j.id FROM ${schema}.job j, everything WHERE j.unique_key IS NOT NULL AND live @> j.id
          UNION ALL SELECT t.job FROM ${schema}.tombstone t WHERE t.unique_key IS NOT NULL AND t.state = 'FAILED'
          UNION ALL SELECT u.job FROM ${schema}.unreleased_key u WHERE u.free_at > now()) AS owner
    WHERE NOT EXISTS (SELECT FROM ${schema}.unique_key k WHERE k.job = owner.id)
    UNION ALL
    SELECT 'RESULT_TOO_EARLY', count(*), min(r.job), NULL
    FROM ${schema}.result r, everything
    WHERE live @> r.job OR EXISTS (SELECT FROM ${schema}.tombstone t WHERE t.job = r.job)
    UNION ALL
    SELECT 'WAITER_LEFT', count(*), min(w.job), NULL
    FROM ${schema}.waiter w
    WHERE w.expires_at < now() - interval '1 hour'
      -- Without an engine, nobody prunes them.
      AND EXISTS (SELECT FROM ${schema}.worker e WHERE e.expires_at > now() AND e.started_at < now() - interval '1 hour')
    UNION ALL
    ${include row_findings}
    UNION ALL
    ${include trace_findings}
    UNION ALL
    ${include step_findings}
    UNION ALL
    ${include schedule_findings}
    UNION ALL
    ${include signal_findings}
)
SELECT (SELECT count(*) FROM ${schema}.job) AS jobs,
       (SELECT coalesce(sum(hi - lo), 0) FROM span WHERE name = 'pending')::bigint AS pending,
       (SELECT coalesce(sum(hi - lo), 0) FROM span WHERE name = 'lease')::bigint AS leased,
       (SELECT coalesce(sum(hi - lo), 0) FROM span WHERE name = 'completed')::bigint AS completed,
       (SELECT count(*) FROM ${schema}.tombstone) AS tombstones,
       (SELECT coalesce(sum(hi - lo), 0) FROM span WHERE name = 'pruned')::bigint AS pruned,
       f.what, f.jobs::bigint AS found, f.example, f.schedule
FROM (SELECT 1) AS one LEFT JOIN finding f ON f.jobs > 0
