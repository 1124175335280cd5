-- Leased jobs in the order of their leases, one more than asked for if there is. All leases are read: there are few.
-- $1 from this lease, $2 in it beyond this job; $3 to this lease, null for the latest: those of later are not in the list, or it
-- would never end; $4 of this queue, or null; $5 of this kind, or null; $6 how many
WITH walk AS MATERIALIZED (
    SELECT coalesce($3::bigint, (SELECT max(l.id) FROM ${schema}.lease l)) AS until
), held AS MATERIALIZED (
    SELECT l.id, l.worker, l.attempt, l.priority, l.queue, l.kind, l.jobs, CASE l.id WHEN $1 THEN $2::bigint END AS beyond
    FROM ${schema}.lease l
    WHERE l.id >= $1 AND l.id <= (SELECT walk.until FROM walk)
      AND ($4::text IS NULL OR l.queue = $4) AND ($5::text IS NULL OR l.kind = $5)
    ORDER BY l.id LIMIT $6::integer + 2
), found AS MATERIALIZED (
    SELECT h.id AS lease, ids.job, h.worker, h.attempt, h.priority, h.queue, h.kind
    FROM held h, LATERAL (${include ids_after jobs=h.jobs after=h.beyond most=$6}) AS ids
    ORDER BY h.id, ids.job LIMIT $6 + 1
)
SELECT walk.until, found.*, j.unique_key
FROM walk, found LEFT JOIN ${schema}.job j ON j.id = found.job
ORDER BY found.lease, found.job
