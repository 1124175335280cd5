-- Ends one job that waits or is leased, as a cancelled tombstone. No row if it is neither at this moment.
-- $1 the job, $2-$4 why (type, message, fingerprint)
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
), dying AS (
    SELECT $1::bigint AS job, 'CANCELLED' AS state, f.attempt, f.queue, f.kind, f.priority,
           $2::text AS type, $3::text AS message, $4::bigint AS fingerprint, NULL::uuid AS trace, NULL::bigint AS worker
    FROM found f
), buried AS (
    ${include tombstone source=dying}
)
SELECT worker IS NOT NULL AS leased, ${schema}.release_keys(ARRAY[$1]) AS released FROM found
