-- Where a job most likely waits: where its enqueue put it, at the time that its id tells or a little before, when the transaction
-- began; or not long after its last failure. The index of what waits knows nothing else of a job.
-- job: the job; queue, priority: its own; failed: when it last failed, or null
SELECT p.run_at, p.attempt, p.suspicion
FROM (
    (SELECT s.run_at, s.attempt, s.suspicion, s.jobs FROM ${schema}.pending s
     WHERE s.queue = ${queue} AND s.priority = ${priority}
       AND s.run_at >= '2025-01-01 00:00:00+00'::timestamptz + ((${job} >> 22) - 10000) * interval '1 millisecond'
       AND s.run_at <= '2025-01-01 00:00:00+00'::timestamptz + ((${job} >> 22) + 10) * interval '1 millisecond'
     ORDER BY s.run_at DESC LIMIT 500)
    UNION ALL
    (SELECT s.run_at, s.attempt, s.suspicion, s.jobs FROM ${schema}.pending s
     WHERE s.queue = ${queue} AND s.priority = ${priority} AND s.run_at >= ${failed}
     ORDER BY s.run_at LIMIT 500)
) AS p
WHERE p.jobs @> ${job}
LIMIT 1
