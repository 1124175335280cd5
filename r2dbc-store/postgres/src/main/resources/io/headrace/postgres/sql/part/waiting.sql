-- The sets that wait in a queue or in all, in the order of their index, from where the last chunk ended. Sets whose place is the
-- same are told apart by their first job.
-- $1 in this queue, or null; $2-$5 beyond this place (queue, priority, time, first job); $6 how many at most
walked AS MATERIALIZED (
    -- Two branches, of which one runs, so that a plan that serves both goes by the index.
    (SELECT ctid AS place, queue, priority, run_at, lower(jobs) AS first, upper(jobs) AS beyond, kind, size
     FROM ${schema}.pending
     WHERE $1::text IS NULL AND (queue, priority, run_at) >= ($2::text, $3::smallint, $4::timestamptz)
       AND (queue, priority, run_at, lower(jobs)) > ($2::text, $3::smallint, $4::timestamptz, $5::bigint)
     ORDER BY queue, priority, run_at, lower(jobs) LIMIT $6)
    UNION ALL
    (SELECT ctid, queue, priority, run_at, lower(jobs), upper(jobs), kind, size
     FROM ${schema}.pending
     WHERE queue = $1::text AND (priority, run_at) >= ($3::smallint, $4::timestamptz)
       AND (priority, run_at, lower(jobs)) > ($3::smallint, $4::timestamptz, $5::bigint)
     ORDER BY priority, run_at, lower(jobs) LIMIT $6)
)
