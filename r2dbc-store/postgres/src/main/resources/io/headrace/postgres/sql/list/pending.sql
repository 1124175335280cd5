-- Waiting jobs in the order of the index by which they are claimed, one more than asked for if there is. So many entries are read
-- from a key on, and no more. Those with the last key may not be all there are, and are left to the next call; if there is no
-- other key, they are a tie, see pending_rows.sql. Sets with the same key are in the order of their rows' places. Always a row.
-- $1-$3 the key to begin with, $4 not before this row of that key, $5 in that row beyond this job;
-- $6 when the list began and $7 the first transaction of later, or null: what such a one put ahead of that moment is not in the
-- list, or it would never end; $8 of this queue, or null; $9 of this kind, or null; $10 how many entries; $11 how many jobs
WITH walk AS MATERIALIZED (
    SELECT coalesce($6::timestamptz, now()) AS began, coalesce($7::bigint, latest.id) AS later, latest.id - coalesce($7, latest.id) AS since,
           coalesce($8::text, (SELECT max(p.queue) FROM ${schema}.pending p)) AS last_queue
    FROM (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS id) AS latest
), looked AS MATERIALIZED (
    SELECT p.ctid AS place, p.queue, p.priority, p.run_at, p.kind, p.attempt, p.jobs, age(p.xmin) AS age
    FROM ${schema}.pending p
    WHERE (p.queue, p.priority, p.run_at) >= ($1::text, $2::smallint, $3::timestamptz)
      AND p.queue <= (SELECT walk.last_queue FROM walk)
    ORDER BY p.queue, p.priority, p.run_at LIMIT $10::integer
), cut AS MATERIALIZED (
    SELECT l.queue, l.priority, l.run_at FROM looked l
    WHERE (SELECT count(*) FROM looked) = $10
    ORDER BY l.queue DESC, l.priority DESC, l.run_at DESC LIMIT 1
), listed AS MATERIALIZED (
    SELECT l.*, CASE WHEN l.place = $4::text::tid AND (l.queue, l.priority, l.run_at) = ($1, $2, $3) THEN $5::bigint END AS beyond
    FROM looked l, walk
    WHERE ($9::text IS NULL OR l.kind = $9)
      AND NOT EXISTS (SELECT FROM cut WHERE (l.queue, l.priority, l.run_at) >= (cut.queue, cut.priority, cut.run_at))
      AND (l.place >= $4::text::tid OR (l.queue, l.priority, l.run_at) <> ($1, $2, $3))
      -- The age of a row that is older than all that can be told apart may be anything: seldom, such a row is missed.
      AND (l.run_at <= walk.began OR l.age <= 0 OR l.age > walk.since)
    ORDER BY l.queue, l.priority, l.run_at, l.place LIMIT $11::integer + 2
), found AS MATERIALIZED (
    SELECT l.queue, l.priority, l.run_at, l.place, ids.job, l.kind, l.attempt
    FROM listed l, LATERAL (${include ids_after jobs=l.jobs after=l.beyond most=$11}) AS ids
    ORDER BY l.queue, l.priority, l.run_at, l.place, ids.job LIMIT $11 + 1
)
SELECT walk.began, walk.later, (SELECT count(*) FROM looked) AS read,
       cut.queue AS cut_queue, cut.priority AS cut_priority, cut.run_at AS cut_run_at,
       found.queue, found.priority, found.run_at, found.place::text AS place, found.job, found.kind, found.attempt, j.unique_key
FROM walk LEFT JOIN cut ON true LEFT JOIN found ON true LEFT JOIN ${schema}.job j ON j.id = found.job
ORDER BY found.queue, found.priority, found.run_at, found.place, found.job
