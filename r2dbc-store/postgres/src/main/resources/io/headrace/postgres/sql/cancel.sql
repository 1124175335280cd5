-- Ends one job that waits or is leased, as a cancelled tombstone. No row if it is neither at this moment.
-- $1 the job, $2 why
WITH one AS MATERIALIZED (
    SELECT int8multirange(int8range($1, $1, '[]')) AS job
), waited AS (
    DELETE FROM ${schema}.pending WHERE jobs @> $1 AND size = 1
    RETURNING queue, kind, priority, attempt
), left_set AS (
    UPDATE ${schema}.pending SET jobs = jobs - (SELECT job FROM one), size = size - 1 WHERE jobs @> $1 AND size > 1
    RETURNING queue, kind, priority, attempt
), ran AS (
    DELETE FROM ${schema}.lease WHERE jobs @> $1 AND jobs = (SELECT job FROM one)
    RETURNING queue, kind, priority, attempt, worker
), left_lease AS (
    UPDATE ${schema}.lease SET jobs = jobs - (SELECT job FROM one) WHERE jobs @> $1 AND jobs <> (SELECT job FROM one)
    RETURNING queue, kind, priority, attempt, worker
), found AS MATERIALIZED (
    SELECT queue, kind, priority, attempt, NULL::bigint AS worker FROM waited
    UNION ALL SELECT queue, kind, priority, attempt, NULL FROM left_set
    UNION ALL SELECT queue, kind, priority, attempt, worker FROM ran
    UNION ALL SELECT queue, kind, priority, attempt, worker FROM left_lease
), told AS (
    INSERT INTO ${schema}.cancellation (worker, job) SELECT worker, $1 FROM found WHERE worker IS NOT NULL
), buried AS (
    INSERT INTO ${schema}.tombstone (
        job, died_at, state, attempt, queue, kind, priority, max_attempts, unique_key, payload, headers, failures)
    SELECT $1, now(), 'CANCELLED', f.attempt, f.queue, f.kind, f.priority,
           j.max_attempts, j.unique_key, j.payload, j.headers,
           coalesce(e.earlier, '[]') || jsonb_build_object(
               'attempt', f.attempt, 'at', now(), 'type', 'io.headrace.Cancelled', 'message', $2::text)
    FROM found f
    JOIN ${schema}.job j ON j.id = $1
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('attempt', p.attempt, 'at', p.at, 'type', p.error_type,
                                            'message', p.message, 'trace', p.trace) ORDER BY p.at, p.attempt) AS earlier
        FROM ${schema}.attempt_failure p WHERE p.job = $1) AS e ON true
)
SELECT worker IS NOT NULL AS leased, ${schema}.release_keys(ARRAY[$1]) AS released FROM found
