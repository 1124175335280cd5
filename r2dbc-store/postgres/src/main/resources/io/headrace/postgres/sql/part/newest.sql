-- Where to begin to read the newest rows of a table whose segments are filled in the order of time: only the last pages of the
-- segment of now, and only rows of the last seconds. Read as: at >= since AND at < ends_at AND ctid >= first_row, so that no
-- other segment is touched. Nothing before the segment is read, so in its first seconds the time is shorter.
-- table: the table; pages: how many
SELECT greatest(s.starts_at, now() - interval '10 seconds') AS since, s.ends_at, size.pages > ${pages} AS is_bounded,
       format('(%s,0)', greatest(0, size.pages - ${pages}))::tid AS first_row
FROM ${schema}.segment s,
     LATERAL (SELECT pg_relation_size(to_regclass(format('${schema}.%I', s.name))) / current_setting('block_size')::bigint)
         AS size (pages)
WHERE s.parent = '${table}' AND s.starts_at <= now() AND s.ends_at > now()
ORDER BY s.ends_at LIMIT 1
