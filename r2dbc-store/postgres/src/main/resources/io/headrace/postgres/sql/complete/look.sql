-- Tells what became of jobs that were completed in transactions of their handlers, or of which steps were recorded in them. Waits for
-- none of these.
-- $1 the worker, $2-$4 (the lease that held the job alone, the job, the number of the transaction or null)
WITH asked AS MATERIALIZED (
    SELECT a.lease, a.job, a.transaction::xid8 AS transaction, a.nr
    FROM unnest($2::bigint[], $3::bigint[], $4::text[]) WITH ORDINALITY AS a (lease, job, transaction, nr)
), seen AS MATERIALIZED (
    SELECT l.id
    FROM asked a
    JOIN ${schema}.lease l ON l.id = a.lease
    -- Not by the worker's index, in which each of its past leases may still have an entry.
    WHERE l.worker + 0 = $1 AND l.jobs @> a.job
), held AS MATERIALIZED (
    -- One that was deleted since this statement's snapshot is passed by, too.
    SELECT l.id FROM ${schema}.lease l
    -- A lock need not be on disk.
    WHERE (SELECT set_config('synchronous_commit', 'off', true)) = 'off' AND l.id = ANY (ARRAY(SELECT id FROM seen))
    FOR UPDATE SKIP LOCKED
), kept AS MATERIALIZED (
    -- Not one that is about to be deleted.
    SELECT l.id FROM ${schema}.lease l
    WHERE l.id = ANY (ARRAY(SELECT s.id FROM seen s WHERE s.id NOT IN (SELECT h.id FROM held h)))
    FOR KEY SHARE SKIP LOCKED
)
SELECT CASE WHEN EXISTS (SELECT FROM held h WHERE h.id = a.lease) THEN 'HELD'
            WHEN EXISTS (SELECT FROM kept k WHERE k.id = a.lease) THEN 'KEPT'
            WHEN EXISTS (SELECT FROM seen s WHERE s.id = a.lease) THEN 'OPEN'
            -- A server that has lost the last transactions does not know of numbers to come.
            WHEN a.transaction >= pg_snapshot_xmax(pg_current_snapshot()) THEN 'LOST'
            WHEN pg_xact_status(a.transaction) = 'committed' THEN 'COMPLETED'
            ELSE 'LOST' END AS answer
FROM asked a
ORDER BY a.nr
