-- Where a job is, and of one that waits, what decides when it runs. Always one row. A job that is in no other place has completed,
-- for as long as its own row is there: what has completed is not searched.
-- $1 the job
WITH stored AS MATERIALIZED (
    SELECT j.queue, j.kind, j.priority FROM ${schema}.job j WHERE j.id = $1
), dead AS MATERIALIZED (
    SELECT t.state, t.attempt, t.died_at, (t.failures -> -1) - 'trace' || ${include version failure=(t.failures->-1)} AS failure
    FROM ${schema}.tombstone t WHERE t.job = $1
), held AS MATERIALIZED (
    SELECT l.worker, l.attempt, l.leased_at, l.deadline_at, w.name, coalesce(w.expires_at <= now(), true) AS silent
    FROM ${schema}.lease l LEFT JOIN ${schema}.worker w ON w.id = l.worker
    WHERE l.jobs @> $1 AND (SELECT count(*) FROM dead) = 0
), gone AS MATERIALIZED (
    SELECT p.state FROM ${schema}.pruned p
    WHERE p.jobs @> $1 AND (SELECT count(*) FROM dead) + (SELECT count(*) FROM held) = 0
    LIMIT 1
), asked AS MATERIALIZED (
    -- What waits, or has completed.
    SELECT s.queue, s.kind, s.priority FROM stored s
    WHERE (SELECT count(*) FROM dead) + (SELECT count(*) FROM held) + (SELECT count(*) FROM gone) = 0
), failed AS MATERIALIZED (
    SELECT f.at, ${include failure of=f} AS failure
    FROM asked, LATERAL (
        SELECT p.at, p.attempt, p.error_type, p.message, p.fingerprint, p.worker FROM ${schema}.attempt_failure p
        WHERE p.job = $1 ORDER BY p.at DESC, p.attempt DESC LIMIT 1) AS f
), ${include waits}, engines AS MATERIALIZED (
    SELECT count(*)::integer AS live, count(*) FILTER (WHERE e.able)::integer AS able,
           count(*) FILTER (WHERE e.able AND e.leased >= e.slots)::integer AS full_ones,
           coalesce(sum(e.leased) FILTER (WHERE e.able), 0)::bigint AS leased,
           coalesce(sum(e.slots) FILTER (WHERE e.able), 0)::bigint AS slots
    FROM asked a, LATERAL (
        SELECT w.kinds IS NULL OR a.kind = ANY (w.kinds) OR mine.has_one AS able, mine.leased,
               w.slots[array_position(w.queues, a.queue)] AS slots
        FROM ${schema}.worker w, LATERAL (
            SELECT coalesce(sum(upper(r) - lower(r)), 0) AS leased, coalesce(bool_or(l.kind = a.kind), false) AS has_one
            FROM ${schema}.lease l, unnest(l.jobs) AS r WHERE l.worker = w.id AND l.queue = a.queue) AS mine
        -- One that receives jobs need not have registered for their queue.
        WHERE w.expires_at > now() AND a.queue = ANY (w.queues || w.idle_queues)) AS e
)
SELECT CASE WHEN dead.state IS NOT NULL THEN dead.state
            WHEN held.worker IS NOT NULL THEN 'LEASED'
            WHEN gone.state IS NOT NULL THEN 'PRUNED'
            WHEN waits.run_at IS NOT NULL THEN 'PENDING'
            WHEN asked.queue IS NOT NULL THEN 'COMPLETED'
            ELSE 'UNKNOWN' END AS place,
       gone.state AS pruned_state,
       coalesce(dead.attempt, held.attempt, waits.attempt) AS attempt,
       dead.died_at, coalesce(dead.failure, failed.failure) AS failure,
       held.worker, held.name, held.leased_at, held.deadline_at, held.silent,
       asked.queue, asked.kind, waits.run_at, waits.run_at <= now() AS is_due, waits.suspicion,
       (SELECT q.paused_at FROM ${schema}.queue q WHERE q.name = asked.queue) AS paused_at,
       (SELECT a.key FROM ${schema}.awaited a
        WHERE a.job = $1 AND a.outcome IS NULL AND a.until = waits.run_at LIMIT 1) AS awaits,
       engines.live, engines.able, engines.full_ones, engines.leased, engines.slots
FROM engines
LEFT JOIN dead ON true LEFT JOIN held ON true LEFT JOIN gone ON true LEFT JOIN asked ON true LEFT JOIN failed ON true
LEFT JOIN waits ON true
