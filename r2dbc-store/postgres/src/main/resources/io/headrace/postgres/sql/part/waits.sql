-- Where a job waits, of one that is neither leased nor a tombstone: nowhere if it has completed. What has completed is read only for
-- the time soon after the enqueue or the last failure, and all that waits only if the job is not found otherwise.
-- $1 the job; asked (queue, priority): its own, no row if it is known to be elsewhere; failed (at): its last failure, if any
near AS MATERIALIZED (
    SELECT n.run_at, n.attempt, n.suspicion
    FROM asked a LEFT JOIN failed f ON true,
         LATERAL (${include near job=$1 queue=a.queue priority=a.priority failed=f.at}) AS n
), over AS MATERIALIZED (
    SELECT c.attempt
    FROM asked LEFT JOIN failed f ON true, LATERAL (${include completed_soon job=$1 failed=f.at}) AS c
    WHERE (SELECT count(*) FROM near) = 0
), awaiting AS MATERIALIZED (
    -- Where it waits for a signal.
    SELECT p.run_at, p.attempt, p.suspicion
    FROM asked q, ${schema}.awaited a,
         LATERAL (SELECT s.run_at, s.attempt, s.suspicion FROM ${schema}.pending s
                  WHERE s.queue = q.queue AND s.priority = q.priority AND s.run_at = a.until AND s.jobs @> $1 LIMIT 1) AS p
    WHERE a.job = $1 AND a.outcome IS NULL AND (SELECT count(*) FROM near) = 0
    LIMIT 1
), waits AS MATERIALIZED (
    (SELECT near.* FROM near)
    UNION ALL
    (SELECT awaiting.* FROM awaiting)
    UNION ALL
    -- Snoozed, delayed, retried late or by hand, or completed late.
    SELECT p.run_at, p.attempt, p.suspicion FROM ${schema}.pending p
    WHERE p.jobs @> $1 AND (SELECT count(*) FROM asked) > 0
      AND (SELECT count(*) FROM near) + (SELECT count(*) FROM over) + (SELECT count(*) FROM awaiting) = 0
)
