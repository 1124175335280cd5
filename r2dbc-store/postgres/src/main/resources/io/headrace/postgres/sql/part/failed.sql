-- The failed tombstones that are meant, at most a chunk, and those of them that nobody else is deciding about.
-- $1 these, or null; $2 of this kind, or null; $3 of this queue, or null; $4 with this
-- fingerprint, or null; $5 beyond this job; $6 how many; $7 those that failed at this moment or before, or null
meant AS MATERIALIZED (
    -- A branch for each, of which one runs, and stops at the limit: so a plan that serves all of them has the right index.
    (SELECT job FROM ${schema}.tombstone
     WHERE $1::bigint[] IS NOT NULL AND state = 'FAILED' AND job > $5 AND job = ANY ($1)
       AND died_at <= coalesce($7::timestamptz, 'infinity')
     ORDER BY job LIMIT $6)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $2::text IS NOT NULL AND state = 'FAILED' AND job > $5 AND kind = $2
       AND died_at <= coalesce($7::timestamptz, 'infinity')
     ORDER BY job LIMIT $6)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $3::text IS NOT NULL AND state = 'FAILED' AND job > $5 AND queue = $3
       AND died_at <= coalesce($7::timestamptz, 'infinity')
     ORDER BY job LIMIT $6)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $4::bigint IS NOT NULL AND state = 'FAILED' AND job > $5 AND fingerprint = $4
       AND died_at <= coalesce($7::timestamptz, 'infinity')
     ORDER BY job LIMIT $6)
), free AS MATERIALIZED (
    SELECT job FROM ${schema}.tombstone
    WHERE job = ANY (ARRAY(SELECT job FROM meant)) AND state = 'FAILED'
    FOR UPDATE SKIP LOCKED
)
