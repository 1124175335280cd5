-- Locks an operation until the end of its chunk's transaction. No row if it has ended, or belongs to another runner.
-- $1 the operation, $2 the runner, $3 how many ids a chunk has
SELECT ${include operation of=o}, o.before, o.cursor, o.at_queue, o.at_priority, o.at_run_at, o.pass,
       -- Of those that are named, the next.
       CASE WHEN o.jobs IS NOT NULL THEN
           ARRAY(SELECT named.job FROM unnest(o.jobs) AS named (job) WHERE named.job > o.cursor ORDER BY named.job LIMIT $3)
       END AS next_jobs
FROM ${schema}.operation o
WHERE o.id = $1 AND o.runner = $2 AND o.ended_at IS NULL
FOR UPDATE
