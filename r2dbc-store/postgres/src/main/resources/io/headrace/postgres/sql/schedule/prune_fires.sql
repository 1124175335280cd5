-- Forgets the oldest fires whose retention is over, and how far back the record of their schedules goes from now on.
-- $1 the retention in milliseconds, $2 how many at most, $3 where to begin: the index entries of those that are gone need
-- not be walked again
WITH old AS MATERIALIZED (
    SELECT f.ctid AS place FROM ${schema}.fire f
    -- What a crash of the server brings back is pruned again.
    WHERE (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
      AND f.fired_at >= $3::timestamptz AND f.fired_at < now() - $1 * interval '1 millisecond' AND f.outcome <> 'WAITING'
    ORDER BY f.fired_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM ${schema}.fire WHERE ctid = ANY (ARRAY(SELECT place FROM old))
    RETURNING schedule, at, fired_at
), latest AS MATERIALIZED (
    SELECT g.schedule, max(g.at) AS at FROM gone g GROUP BY g.schedule
), held AS MATERIALIZED (
    -- In this order as in every statement that locks several.
    SELECT d.name, l.at
    FROM ${schema}.schedule d JOIN latest l ON l.schedule = d.name
    WHERE d.pruned_to IS NULL OR d.pruned_to < l.at
    ORDER BY d.name
    FOR UPDATE OF d
), raised AS (
    UPDATE ${schema}.schedule d SET pruned_to = greatest(d.pruned_to, h.at) FROM held h WHERE d.name = h.name
)
SELECT count(*) AS pruned, max(fired_at) AS reached FROM gone
