-- Waiting jobs in the order of their rows' places, a span of pages a call: those of one key that more sets have than a call may
-- read, or those of one kind in all queues. One more than asked for if there is. Always a row.
-- $1-$3 the key, $1 null for all keys; $4 the page and $5 the row on it to begin with, $6 in that row beyond this job;
-- $7 to this page, null for the last that there is; $8 of this kind, or null; $9 how many pages; $10 how many jobs
WITH span AS MATERIALIZED (
    SELECT s.last, least(s.last, $4::bigint + $9::integer) AS until
    FROM (SELECT coalesce($7::bigint, pg_relation_size('${schema}.pending') / current_setting('block_size')::bigint) AS last) AS s
), listed AS (
    -- Rows of a span of pages come in their order. OFFSET: by the index, rows before the span would be read, too.
    SELECT l.*, CASE WHEN l.place = format('(%s,%s)', $4, $5)::tid THEN $6::bigint END AS beyond
    FROM (SELECT p.ctid AS place, p.queue, p.priority, p.run_at, p.kind, p.attempt, p.jobs
          FROM ${schema}.pending p
          WHERE p.ctid >= format('(%s,%s)', $4, $5::integer)::tid
            AND p.ctid < (SELECT format('(%s,0)', span.until)::tid FROM span)
          OFFSET 0) AS l
    WHERE ($1::text IS NULL OR (l.queue = $1 AND l.priority = $2::smallint AND l.run_at = $3::timestamptz))
      AND ($8::text IS NULL OR l.kind = $8)
), found AS MATERIALIZED (
    SELECT l.place, ids.job, l.queue, l.priority, l.run_at, l.kind, l.attempt
    FROM listed l, LATERAL (${include ids_after jobs=l.jobs after=l.beyond most=$10}) AS ids
    LIMIT $10::integer + 1
)
SELECT span.last, span.until, found.place::text AS place, found.job, found.queue, found.priority, found.run_at,
       found.kind, found.attempt, j.unique_key
FROM span LEFT JOIN found ON true LEFT JOIN ${schema}.job j ON j.id = found.job
ORDER BY found.place, found.job
