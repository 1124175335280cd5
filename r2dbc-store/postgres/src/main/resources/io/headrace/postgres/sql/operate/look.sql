-- How jobs stand, by elimination: a tombstone, leased, waiting, or else completed, for as long as the job's own row is there.
-- So what has completed is not read, and what waits only for those that are not leased.
-- Failures go without their stack traces.
-- $1 the jobs
WITH dead AS MATERIALIZED (
    SELECT t.job AS id, t.state, t.attempt,
           (t.failures -> -1) - 'trace' || ${include version failure=(t.failures->-1)} AS failure
    FROM ${schema}.tombstone t WHERE t.job = ANY ($1)
), asked AS MATERIALIZED (
    SELECT range_agg(int8range(ids.id, ids.id, '[]')) AS jobs FROM unnest($1::bigint[]) AS ids (id)
), leased AS MATERIALIZED (
    SELECT ids.id, l.id AS lease, l.attempt
    FROM asked JOIN ${schema}.lease l ON l.jobs && asked.jobs,
         unnest(l.jobs * asked.jobs) AS r, generate_series(lower(r), upper(r) - 1) AS ids (id)
), unfound AS MATERIALIZED (
    SELECT ids.id FROM unnest($1::bigint[]) AS ids (id)
    WHERE NOT EXISTS (SELECT FROM dead WHERE dead.id = ids.id)
      AND NOT EXISTS (SELECT FROM leased WHERE leased.id = ids.id)
), rest AS MATERIALIZED (
    SELECT range_agg(int8range(unfound.id, unfound.id, '[]')) AS jobs FROM unfound
), waiting AS MATERIALIZED (
    SELECT ids.id, p.attempt, p.run_at
    FROM ${schema}.pending p, unnest(p.jobs * (SELECT jobs FROM rest)) AS r, generate_series(lower(r), upper(r) - 1) AS ids (id)
    -- Said apart, so that nothing is read when none is left.
    WHERE (SELECT jobs FROM rest) IS NOT NULL
      -- Comparing two sets takes as long as they have spans; most that wait have one job, which is looked up in a hash.
      AND CASE WHEN p.size = 1 THEN lower(p.jobs) IN (SELECT unfound.id FROM unfound)
               ELSE p.jobs && (SELECT jobs FROM rest) END
), gone AS MATERIALIZED (
    SELECT ids.id FROM unnest((SELECT jobs FROM rest)) AS r, generate_series(lower(r), upper(r) - 1) AS ids (id)
    WHERE NOT EXISTS (SELECT FROM waiting WHERE waiting.id = ids.id)
), ended AS MATERIALIZED (
    -- The row of a tombstone that was pruned may have outlived it.
    SELECT j.id FROM ${schema}.job j
    WHERE j.id = ANY (ARRAY(SELECT gone.id FROM gone))
      AND NOT EXISTS (SELECT FROM ${schema}.pruned p WHERE p.jobs @> j.id)
), place AS (
    SELECT id, state, attempt, NULL::timestamptz AS run_at, NULL::bigint AS lease, failure FROM dead
    UNION ALL SELECT id, 'LEASED', attempt, NULL, lease, NULL FROM leased
    UNION ALL SELECT id, 'PENDING', attempt, run_at, NULL, NULL FROM waiting
    UNION ALL SELECT id, 'COMPLETED', NULL, NULL, NULL, NULL FROM ended
)
SELECT place.id, place.state,
       coalesce(place.attempt, (last.failure ->> 'attempt')::integer + 1, 1) AS attempt,
       place.run_at, p.percent, p.message,
       CASE place.state WHEN 'PENDING' THEN last.failure ELSE place.failure END AS failure
FROM place
LEFT JOIN ${schema}.progress p ON p.job = place.id AND p.lease = place.lease
LEFT JOIN LATERAL (
    SELECT ${include failure of=f} AS failure
    FROM ${schema}.attempt_failure f
    WHERE f.job = place.id AND place.state IN ('PENDING', 'COMPLETED')
    ORDER BY f.at DESC, f.attempt DESC
    LIMIT 1) AS last ON true
