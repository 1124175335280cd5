-- Takes an operation whose runner has not been heard from for too long.
-- $1 the new runner, $2 for how long it is the runner's, in milliseconds
UPDATE ${schema}.operation AS o SET runner = $1, expires_at = now() + $2 * interval '1 millisecond'
WHERE o.id = (SELECT id FROM ${schema}.operation WHERE ended_at IS NULL AND expires_at < now()
              ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING ${include operation of=o}
