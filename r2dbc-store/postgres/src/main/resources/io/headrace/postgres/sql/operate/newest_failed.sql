-- The failed tombstone with the highest id of those that are meant; null if there is none.
-- $1 these, or null; $2 of this kind, or null; $3 of this queue, or null; $4 with this fingerprint, or null; $5 below this job
SELECT max(meant.job) AS job
FROM (
    -- A branch for each, of which one runs: so a plan that serves all of them has the right index.
    (SELECT job FROM ${schema}.tombstone
     WHERE $1::bigint[] IS NOT NULL AND state = 'FAILED' AND job < $5 AND job = ANY ($1) ORDER BY job DESC LIMIT 1)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $2::text IS NOT NULL AND state = 'FAILED' AND job < $5 AND kind = $2 ORDER BY job DESC LIMIT 1)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $3::text IS NOT NULL AND state = 'FAILED' AND job < $5 AND queue = $3 ORDER BY job DESC LIMIT 1)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $4::bigint IS NOT NULL AND state = 'FAILED' AND job < $5 AND fingerprint = $4 ORDER BY job DESC LIMIT 1)
) AS meant
