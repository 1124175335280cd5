-- Records a bulk operation.
-- $1 these jobs, or null, $2 of this kind, or null, $3 in this queue, or null, $4 with this fingerprint, or null, $5 the action,
-- $6 who starts it, $7 its runner, $8 for how long it is the runner's, in milliseconds
INSERT INTO ${schema}.operation AS o (
    started_at, expires_at, at_run_at, runner, fingerprint, before, cursor, done, raced, pruned, at_priority, pass, action,
    state, started_by, kind, queue, at_queue, jobs)
VALUES (now(), now() + $8 * interval '1 millisecond', '2000-01-01 UTC', $7, $4, ${schema}.next_block(), -1, 0, 0, 0, -1, 0, $5,
        'RUNNING', $6, $2, $3, '', $1)
RETURNING ${include operation of=o}
