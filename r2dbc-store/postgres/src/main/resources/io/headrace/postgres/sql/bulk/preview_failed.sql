-- Counts failed tombstones, by queue and kind, up to a limit.
-- $1-$4 as in part/failed.sql; $5 how many
SELECT f.queue, f.kind, count(*) AS jobs, (sum(count(*)) OVER ())::bigint = $5 AS is_cut
FROM (
    (SELECT queue, kind FROM ${schema}.tombstone
     WHERE $1::bigint[] IS NOT NULL AND state = 'FAILED' AND job = ANY ($1) LIMIT $5)
    UNION ALL
    (SELECT queue, kind FROM ${schema}.tombstone
     WHERE $2::text IS NOT NULL AND state = 'FAILED' AND kind = $2 LIMIT $5)
    UNION ALL
    (SELECT queue, kind FROM ${schema}.tombstone
     WHERE $3::text IS NOT NULL AND state = 'FAILED' AND queue = $3 LIMIT $5)
    UNION ALL
    (SELECT queue, kind FROM ${schema}.tombstone
     WHERE $4::bigint IS NOT NULL AND state = 'FAILED' AND fingerprint = $4 LIMIT $5)
) AS f
GROUP BY f.queue, f.kind
ORDER BY jobs DESC, f.queue, f.kind
