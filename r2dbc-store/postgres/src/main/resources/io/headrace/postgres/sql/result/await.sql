-- Registers that a client waits for the end of jobs, and answers how those ended that have ended already, which are not
-- registered. A settlement tells of jobs that are registered when it is recorded: tell.sql.
-- A '?' and the client in the notification: somebody waits, so engines look for registrations for a minute.
-- $1 the client, $2 the jobs, $3 jobs for which it no longer waits, $4 after how many milliseconds this expires,
-- $5 whether engines are told, $6 how many ends are answered at most
WITH ended AS MATERIALIZED (
    SELECT e.* FROM (${include ends jobs=$2::bigint[] completed=ARRAY[]::bigint[]}) AS e LIMIT $6
), registered AS (
    INSERT INTO ${schema}.waiter (job, client, expires_at)
    SELECT ids.id, $1, now() + $4 * interval '1 millisecond'
    FROM unnest($2::bigint[]) AS ids (id)
    WHERE NOT EXISTS (SELECT FROM ended e WHERE e.id = ids.id)
    ORDER BY ids.id
    ON CONFLICT (job, client) DO UPDATE SET expires_at = excluded.expires_at
), forgotten AS (
    DELETE FROM ${schema}.waiter w WHERE w.client = $1 AND w.job = ANY ($3::bigint[])
)
SELECT told.engines, e.id, e.state, e.failure, e.result::text AS result,
       coalesce(e.attempt, ${include last_attempt job=e.id}) AS attempt
-- Always one row, or nobody would be told when nothing has ended.
FROM (SELECT CASE WHEN $5 THEN pg_notify('${schema}', '?' || $1::text)::text END) AS told (engines)
LEFT JOIN ended e ON true
