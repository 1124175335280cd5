-- One job, by elimination: the tombstones by key, then the leases, then what waits; else it has completed, for as long as the
-- job's own row is there. Of what has completed only that is read which did so soon after the enqueue or the last failure.
-- $1 the job, $2 whether the stack traces of its failures are wanted,
-- $3 whether its payload is: PostgreSQL may store one that it cannot print
WITH dead AS MATERIALIZED (
    SELECT t.state, t.queue, t.kind, t.priority, t.attempt, t.max_attempts, t.payload, t.headers, t.unique_key, t.failures
    FROM ${schema}.tombstone t WHERE t.job = $1
), stored AS MATERIALIZED (
    SELECT j.queue, j.kind, j.priority, j.max_attempts, j.payload, j.headers, j.unique_key
    FROM ${schema}.job j WHERE j.id = $1 AND (SELECT count(*) FROM dead) = 0
), held AS MATERIALIZED (
    SELECT l.worker, l.attempt FROM ${schema}.lease l WHERE l.jobs @> $1 AND (SELECT count(*) FROM stored) > 0 LIMIT 1
), asked AS MATERIALIZED (
    -- Its tombstone may have been pruned before its own row.
    SELECT s.queue, s.priority FROM stored s
    WHERE (SELECT count(*) FROM held) = 0 AND NOT EXISTS (SELECT FROM ${schema}.pruned p WHERE p.jobs @> $1)
), failed AS MATERIALIZED (
    SELECT f.at, f.attempt
    FROM asked, LATERAL (
        SELECT p.at, p.attempt FROM ${schema}.attempt_failure p
        WHERE p.job = $1 ORDER BY p.at DESC, p.attempt DESC LIMIT 1) AS f
), ${include waits}, place AS (
    SELECT d.state, d.queue, d.kind, d.priority, d.attempt, d.max_attempts, NULL::timestamptz AS run_at, NULL::bigint AS worker,
           d.payload, d.headers, d.unique_key, d.failures
    FROM dead d
    UNION ALL
    SELECT live.state, s.queue, s.kind, s.priority, live.attempt, s.max_attempts, live.run_at, live.worker,
           s.payload, s.headers, s.unique_key, coalesce(e.failures, '[]')
    FROM stored s
    CROSS JOIN LATERAL (
        SELECT 'LEASED' AS state, held.attempt, NULL::timestamptz AS run_at, held.worker FROM held
        UNION ALL
        SELECT 'PENDING', waits.attempt, waits.run_at, NULL FROM waits
        UNION ALL
        SELECT 'COMPLETED', coalesce((SELECT over.attempt FROM over), (SELECT failed.attempt FROM failed) + 1, 1), NULL, NULL
        FROM asked WHERE (SELECT count(*) FROM waits) = 0
    ) AS live
    LEFT JOIN LATERAL (${include failures job=$1}) AS e (failures) ON true
)
SELECT place.state, place.queue, place.kind, place.priority, place.attempt, place.max_attempts, place.run_at, place.worker,
       CASE WHEN $3 THEN place.payload ELSE '"(too long as text to be shown)"' END AS payload,
       CASE WHEN $3 THEN place.headers END AS headers, place.unique_key,
       CASE WHEN place.state = 'COMPLETED' THEN (SELECT r.value::text FROM ${schema}.result r WHERE r.job = $1) END AS result,
       coalesce((SELECT jsonb_agg(f.failure - 'trace' || ${include trace failure=f.failure wanted=$2}
                                  || ${include version failure=f.failure} ORDER BY f.nr)
                 FROM jsonb_array_elements(place.failures) WITH ORDINALITY AS f (failure, nr)), '[]') AS failures
FROM place
