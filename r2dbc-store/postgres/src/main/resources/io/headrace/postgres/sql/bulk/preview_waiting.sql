-- Counts the jobs that wait, by queue and kind, in the first sets of the index up to a limit. Of sets with the same place, any are
-- taken: to order them, all would have to be read.
-- $1 in this queue, or null; $2 of this kind, or null; $3 how many sets
WITH looked AS MATERIALIZED (
    -- Two branches, of which one runs, so that a plan that serves both goes by the index.
    (SELECT queue, kind, size FROM ${schema}.pending
     WHERE $1::text IS NULL
     ORDER BY queue, priority, run_at LIMIT $3)
    UNION ALL
    (SELECT queue, kind, size FROM ${schema}.pending
     WHERE queue = $1::text
     ORDER BY priority, run_at LIMIT $3)
)
SELECT l.queue, l.kind, sum(l.size)::bigint AS jobs, (SELECT count(*) FROM looked) = $3 AS is_cut
FROM looked l
WHERE $2::text IS NULL OR l.kind = $2
GROUP BY l.queue, l.kind
ORDER BY jobs DESC, l.queue, l.kind
