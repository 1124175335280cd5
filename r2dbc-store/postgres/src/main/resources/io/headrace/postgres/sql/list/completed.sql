-- Completed jobs, about the latest first: segment by segment, in each from its last page on, and on each page from its last row
-- on, since rows are added at the end. One more than asked for if there is. So many spans of eight pages are read, and so many
-- jobs are looked up, and no more. Always a row. A segment is known by the microsecond in which it ends.
-- $1 the segment, $2 its page and $3 the row on it to begin with, $4 in that row before this job; null for the beginning;
-- $5 of this queue, or null; $6 of this kind, or null; $7 how many spans; $8 how many are looked up; $9 how many jobs; $10 when the
-- list began, or null: what completed later is not in it, wherever there was room for its row
WITH segments AS MATERIALIZED (
    SELECT s.starts_at, s.ends_at, s.ends_at = 'infinity' AS rest,
           CASE s.ends_at WHEN 'infinity' THEN 9223372036854775807
                ELSE (extract(epoch FROM s.ends_at) * 1000000)::bigint END AS segment,
           pg_relation_size(to_regclass(format('${schema}.%I', s.name))) / current_setting('block_size')::bigint AS pages
    FROM ${schema}.segment s WHERE s.parent = 'completed'
), spans AS MATERIALIZED (
    SELECT s.segment, s.starts_at, s.ends_at, s.rest, span.until, greatest(span.until - 8, 0) AS first
    FROM (SELECT g.*, CASE g.segment WHEN $1 THEN least(g.pages, $2::bigint + 1) ELSE g.pages END AS last
          FROM segments g WHERE g.segment <= coalesce($1::bigint, g.segment)) AS s,
         generate_series(s.last, greatest(s.last - 8 * $7::integer, 1), -8) AS span (until)
    ORDER BY s.segment DESC, span.until DESC LIMIT $7
), tried AS MATERIALIZED (
    -- In the order of the spans, since each is read for the one before it in the join.
    SELECT row_number() OVER () AS nr, s.segment, c.place, ids.job, c.at, c.attempt, c.queue, c.kind
    FROM spans s,
         LATERAL (
             SELECT d.*, CASE WHEN s.segment = $1 AND d.place = format('(%s,%s)', greatest($2, 0), $3::integer)::tid
                              THEN $4::bigint END AS before
             FROM (${include completed_in span=s}) AS d
             WHERE d.at <= coalesce($10::timestamptz, now()) AND ($5::text IS NULL OR d.queue = $5) AND ($6::text IS NULL OR d.kind = $6)
               AND (s.segment IS DISTINCT FROM $1 OR d.place <= format('(%s,%s)', greatest($2, 0), $3)::tid)
             ORDER BY d.place DESC) AS c,
         LATERAL (${include ids_before jobs=c.jobs before=c.before most=$9}) AS ids
    LIMIT $8::integer
), found AS MATERIALIZED (
    -- The jobs' own rows go before this record of them does.
    SELECT t.*, j.priority, j.unique_key
    FROM tried t, LATERAL (SELECT o.priority, o.unique_key FROM ${schema}.job o WHERE o.id = t.job OFFSET 0) AS j
    LIMIT $9::integer + 1
), enough AS MATERIALIZED (
    SELECT (SELECT count(*) FROM found) > $9 AS found, (SELECT count(*) FROM tried) = $8 AS tried, (SELECT count(*) FROM spans) AS spans
), stopped AS MATERIALIZED (
    -- Where the search has come if it found too little.
    SELECT t.segment, t.place::text AS place, t.job, t.at FROM tried t, enough WHERE NOT enough.found AND enough.tried AND t.nr = $8
    UNION ALL
    SELECT s.segment, format('(%s,65535)', s.first - 1), NULL, (SELECT min(d.at) FROM (${include completed_in span=s}) AS d)
    FROM (SELECT * FROM spans ORDER BY segment, until LIMIT 1) AS s, enough
    WHERE NOT enough.found AND NOT enough.tried AND enough.spans = $7
)
SELECT coalesce($10, now()) AS began, enough.spans * 8 AS read, stopped.segment AS stopped_segment, stopped.place AS stopped_place, stopped.job AS stopped_job,
       stopped.at AS stopped_at, found.segment, found.place::text AS place, found.job, found.at, found.attempt, found.queue,
       found.kind, found.priority, found.unique_key
FROM enough LEFT JOIN stopped ON true LEFT JOIN found ON true
ORDER BY found.nr
