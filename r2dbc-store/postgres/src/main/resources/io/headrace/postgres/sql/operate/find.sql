-- Where one job is, by elimination: the tombstones by key, then the leases, then what is completed, then what waits.
-- $1 the job, $2 whether the stack traces of its failures are wanted,
-- $3 whether its payload is: PostgreSQL may store one that it cannot print
SELECT place.state, place.queue, place.kind, place.attempt, place.run_at,
       CASE WHEN $3 THEN place.payload ELSE '"(too long as text to be shown)"' END AS payload, place.unique_key,
       coalesce((SELECT jsonb_agg(f.failure - 'trace' || ${include trace failure=f.failure wanted=$2} ORDER BY f.nr)
                 FROM jsonb_array_elements(place.failures) WITH ORDINALITY AS f (failure, nr)), '[]') AS failures
FROM (
    SELECT 1 AS nr, t.state, t.queue, t.kind, t.attempt, NULL::timestamptz AS run_at, t.payload, t.unique_key, t.failures
    FROM ${schema}.tombstone t WHERE t.job = $1
    UNION ALL
    SELECT live.nr, live.state, live.queue, live.kind, live.attempt, live.run_at, j.payload, j.unique_key,
           coalesce(e.failures, '[]')
    FROM ${schema}.job j
    CROSS JOIN LATERAL (
        SELECT 2 AS nr, 'LEASED' AS state, l.queue, l.kind, l.attempt, NULL::timestamptz AS run_at
        FROM ${schema}.lease l WHERE l.jobs @> $1
        UNION ALL
        SELECT 3, 'COMPLETED', c.queue, c.kind, c.attempt, NULL FROM ${schema}.completed c WHERE c.jobs @> $1
        UNION ALL
        SELECT 4, 'PENDING', p.queue, p.kind, p.attempt, p.run_at FROM ${schema}.pending p WHERE p.jobs @> $1
    ) AS live
    LEFT JOIN LATERAL (${include failures job=j.id}) AS e (failures) ON true
    WHERE j.id = $1
) AS place
ORDER BY place.nr
LIMIT 1
