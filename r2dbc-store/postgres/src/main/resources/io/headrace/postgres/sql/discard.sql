-- Turns failed tombstones into discarded ones, at most a chunk of them, and releases their keys.
-- $1 these, or null; $2 of this kind, or null; $3 of this queue, or null; $4 beyond this job; $5 how many
WITH meant AS MATERIALIZED (
    -- A branch for each, of which one runs, and stops at the limit: so a plan that serves all of them has the right index.
    (SELECT job FROM ${schema}.tombstone
     WHERE $1::bigint[] IS NOT NULL AND state = 'FAILED' AND job > $4 AND job = ANY ($1) ORDER BY job LIMIT $5)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $2::text IS NOT NULL AND state = 'FAILED' AND job > $4 AND kind = $2 ORDER BY job LIMIT $5)
    UNION ALL
    (SELECT job FROM ${schema}.tombstone
     WHERE $3::text IS NOT NULL AND state = 'FAILED' AND job > $4 AND queue = $3 ORDER BY job LIMIT $5)
), free AS MATERIALIZED (
    SELECT job FROM ${schema}.tombstone
    WHERE job = ANY (ARRAY(SELECT job FROM meant)) AND state = 'FAILED'
    FOR UPDATE SKIP LOCKED
), discarded AS (
    UPDATE ${schema}.tombstone SET state = 'DISCARDED'
    WHERE job = ANY (ARRAY(SELECT job FROM free)) AND state = 'FAILED'
    RETURNING job
)
SELECT (SELECT count(*) FROM meant) AS matched,
       (SELECT count(*) FROM discarded) AS applied,
       (SELECT max(job) FROM meant) AS last,
       (SELECT ${schema}.release_keys(array_agg(job)) FROM discarded HAVING count(*) > 0) AS released
