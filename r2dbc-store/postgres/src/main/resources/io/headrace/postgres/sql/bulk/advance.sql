-- Records a chunk.
-- $1 the operation, $2 for how long it is its runner's, in milliseconds, $3 how many more are done, $4 how many have raced,
-- $5-$8 how far it has come (queue, priority, time, job), $9 in which pass, $10 how it ended, or null, $11 how many were pruned
UPDATE ${schema}.operation AS o
SET expires_at = clock_timestamp() + $2 * interval '1 millisecond', done = o.done + $3, raced = $4, at_queue = $5, at_priority = $6,
    at_run_at = $7, cursor = $8, pass = $9, state = coalesce($10, o.state),
    ended_at = CASE WHEN $10::text IS NOT NULL THEN now() END, pruned = $11
WHERE o.id = $1
RETURNING ${include operation of=o}
