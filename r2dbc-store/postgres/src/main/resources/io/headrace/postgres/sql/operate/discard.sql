-- Turns failed tombstones into discarded ones, at most a chunk of them, and releases their keys.
-- $1 these, or null; $2 of this kind, or null; $3 of this queue, or null; $4 with this
-- fingerprint, or null; $5 beyond this job; $6 how many
WITH ${include failed}, discarded AS (
    UPDATE ${schema}.tombstone SET state = 'DISCARDED'
    WHERE job = ANY (ARRAY(SELECT job FROM free)) AND state = 'FAILED'
    RETURNING job
)
SELECT (SELECT count(*) FROM meant) AS matched,
       (SELECT count(*) FROM discarded) AS applied,
       (SELECT max(job) FROM meant) AS last,
       (SELECT ${schema}.release_keys(array_agg(job)) FROM discarded HAVING count(*) > 0) AS released
