-- Turns failed tombstones into discarded ones, at most a chunk of them, and releases their keys.
-- $1-$7 as in part/failed.sql
WITH ${include failed}, discarded AS (
    UPDATE ${schema}.tombstone SET state = 'DISCARDED'
    WHERE job = ANY (ARRAY(SELECT job FROM free)) AND state = 'FAILED'
    RETURNING job
)
SELECT (SELECT count(*) FROM meant) AS matched,
       (SELECT count(*) FROM discarded) AS applied,
       (SELECT max(job) FROM meant) AS last,
       (SELECT ${schema}.release_keys(array_agg(job)) FROM discarded HAVING count(*) > 0) AS released
