-- Cancels a chunk of the jobs that are due at the same moment, if they are in more sets than a chunk can look at: in any order,
-- since cancel_waiting.sql would have to read and sort them all. Does nothing if there are fewer.
-- $1 in this queue, or null for all; $2-$4 from this place on (queue, priority, time); $5 how many sets are too many;
-- $6 of this kind, or null; $7 those with lower ids; $8 how many jobs, or a set more; $9-$11 why (type, message, fingerprint)
WITH near AS MATERIALIZED (
    -- Two branches, of which one runs, so that a plan that serves both goes by the index.
    (SELECT ctid AS place, queue, priority, run_at, upper(jobs) AS beyond, kind, size
     FROM ${schema}.pending
     WHERE $1::text IS NULL AND (queue, priority, run_at) >= ($2::text, $3::smallint, $4::timestamptz)
     ORDER BY queue, priority, run_at LIMIT $5)
    UNION ALL
    (SELECT ctid, queue, priority, run_at, upper(jobs), kind, size
     FROM ${schema}.pending
     WHERE queue = $1::text AND (priority, run_at) >= ($3::smallint, $4::timestamptz)
     ORDER BY priority, run_at LIMIT $5)
), meant AS MATERIALIZED (
    SELECT n.place, sum(n.size) OVER (ORDER BY n.place) - n.size AS before
    FROM near n
    WHERE (SELECT count(*) = $5 AND count(DISTINCT (t.queue, t.priority, t.run_at)) = 1 FROM near t)
      AND ($6::text IS NULL OR n.kind = $6) AND n.beyond <= $7
), free AS MATERIALIZED (
    SELECT ctid AS place FROM ${schema}.pending
    WHERE ctid = ANY (ARRAY(SELECT place FROM meant WHERE before < $8))
    FOR UPDATE SKIP LOCKED
), ${include cancelled type=$9 message=$10 fingerprint=$11}
SELECT (SELECT count(*) FROM buried) AS applied,
       (SELECT ${schema}.release_keys(array_agg(job)) FROM buried HAVING count(*) > 0) AS released
