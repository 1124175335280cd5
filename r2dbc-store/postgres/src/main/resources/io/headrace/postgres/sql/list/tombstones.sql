-- Tombstones, the latest job first, one more than asked for if there is. So many are read, and no more. Always a row.
-- $1 in this state; $2 of this queue, or null; $3 of this kind, or null; $4 with this key, or null; $5 before this job;
-- $6 how many are read; $7 how many jobs; $8 with this fingerprint, or null
WITH looked AS MATERIALIZED (
    -- A branch for each index, of which one runs, and stops at the limit.
    (SELECT t.* FROM ${schema}.tombstone t
     WHERE $1::text = 'FAILED' AND $8::bigint IS NOT NULL AND t.state = 'FAILED' AND t.fingerprint = $8 AND t.job < $5
     ORDER BY t.job DESC LIMIT $6::integer)
    UNION ALL
    (SELECT t.* FROM ${schema}.tombstone t
     WHERE $1 = 'FAILED' AND $8 IS NULL AND $3::text IS NOT NULL AND t.state = 'FAILED' AND t.kind = $3 AND t.job < $5
     ORDER BY t.job DESC LIMIT $6)
    UNION ALL
    (SELECT t.* FROM ${schema}.tombstone t
     WHERE $1 = 'FAILED' AND $8 IS NULL AND $3 IS NULL AND $2::text IS NOT NULL AND t.state = 'FAILED' AND t.queue = $2 AND t.job < $5
     ORDER BY t.job DESC LIMIT $6)
    UNION ALL
    (SELECT t.* FROM ${schema}.tombstone t
     WHERE $1 = 'FAILED' AND $8 IS NULL AND $3 IS NULL AND $2 IS NULL AND t.job < $5
     ORDER BY t.job DESC LIMIT $6)
    UNION ALL
    (SELECT t.* FROM ${schema}.tombstone t
     WHERE $1 <> 'FAILED' AND t.state <> 'FAILED' AND t.state = $1 AND t.job < $5
     ORDER BY t.job DESC LIMIT $6)
), found AS MATERIALIZED (
    SELECT l.* FROM looked l
    WHERE l.state = $1 AND ($2 IS NULL OR l.queue = $2) AND ($3 IS NULL OR l.kind = $3) AND ($4::text IS NULL OR l.unique_key = $4)
      AND ($8 IS NULL OR l.fingerprint = $8)
    ORDER BY l.job DESC LIMIT $7::integer + 1
)
SELECT looks.read, looks.last, t.job, t.queue, t.kind, t.priority, t.attempt, t.died_at, t.unique_key,
       last.failure ->> 'type' AS error_type, last.failure ->> 'message' AS message
FROM (SELECT count(*) AS read, min(l.job) AS last FROM looked l) AS looks
LEFT JOIN found t ON true
LEFT JOIN LATERAL (SELECT t.failures -> -1 AS failure OFFSET 0) AS last ON true
ORDER BY t.job DESC
