-- A sample of the rows of a table whose segments are filled in the order of time, from a moment on: (SELECT since FROM asked).
-- Where the rows of that time begin in a segment is found by two rounds of probes, each of the first rows of 64 pages. From there
-- on, pages at even distances are read, and of each some rows at even distances, the first of which differs from page to page: so
-- each row is as likely as any other, and stands for as many. If there are few pages, they are read whole.
-- Gives ${table}_row: at, jobs (of how many it tells), is_sampled
-- table: the table; size: of how many jobs a row tells; pages: how many are read at most, beside the probes
${table}_segment AS MATERIALIZED (
    SELECT s.name, s.starts_at, s.ends_at
    FROM ${schema}.segment s
    WHERE s.parent = '${table}' AND s.starts_at > '-infinity' AND s.starts_at <= now()
      AND s.ends_at > (SELECT since FROM asked)
), ${table}_leaf AS MATERIALIZED (
    SELECT l.starts_at, l.ends_at, to_regclass(format('${schema}.%I', l.name)) AS leaf,
           coalesce(pg_relation_size(to_regclass(format('${schema}.%I', l.name))), 0)
               / current_setting('block_size')::bigint AS pages
    FROM (
        SELECT * FROM ${table}_segment
        UNION ALL
        -- What came before the first segment; nobody's if that began earlier.
        SELECT '${table}_default', '-infinity', coalesce((SELECT min(starts_at) FROM ${table}_segment), 'infinity')
    ) AS l
    WHERE l.ends_at > (SELECT since FROM asked)
), ${table}_near AS MATERIALIZED (
    SELECT l.*, p.before, coalesce(p.after, l.pages) AS after
    FROM ${table}_leaf l, LATERAL (
        SELECT coalesce(max(page) FILTER (WHERE at < since), 0) AS before, min(page) FILTER (WHERE at >= since) AS after
        FROM (
            SELECT (c.ctid::text::point)[0]::bigint AS page, c.at, (SELECT since FROM asked) AS since
            FROM ${schema}.${table} c
            WHERE c.at >= l.starts_at AND c.at < l.ends_at AND c.tableoid = l.leaf AND c.ctid = ANY (ARRAY(
                SELECT format('(%s,1)', l.pages * n / 64)::tid
                FROM generate_series(0, 63) AS n WHERE l.starts_at < (SELECT since FROM asked)))
            OFFSET 0) AS probe) AS p
), ${table}_begin AS MATERIALIZED (
    SELECT n.*, p.first, n.pages - p.first AS length
    FROM ${table}_near n, LATERAL (
        SELECT coalesce(max(page) FILTER (WHERE at < since), n.before) AS first
        FROM (
            SELECT (c.ctid::text::point)[0]::bigint AS page, c.at, (SELECT since FROM asked) AS since
            FROM ${schema}.${table} c
            WHERE c.at >= n.starts_at AND c.at < n.ends_at AND c.tableoid = n.leaf AND c.ctid = ANY (ARRAY(
                SELECT format('(%s,1)', n.before + (n.after - n.before) * s / 64)::tid
                FROM generate_series(1, 63) AS s WHERE n.starts_at < (SELECT since FROM asked)))
            OFFSET 0) AS probe) AS p
), ${table}_part AS MATERIALIZED (
    SELECT b.*, sum(b.length) OVER () > ${pages} AS is_sampled,
           greatest(1, least(b.length, ${pages} * b.length / greatest(1, sum(b.length) OVER ())))::bigint AS read
    FROM ${table}_begin b WHERE b.length > 0
), ${table}_row AS MATERIALIZED (
    SELECT r.at, r.size::float8 AS jobs, false AS is_sampled
    FROM ${table}_part p, LATERAL (
        SELECT c.at, ${size} AS size FROM ${schema}.${table} c
        WHERE NOT p.is_sampled AND c.at >= greatest(p.starts_at, (SELECT since FROM asked)) AND c.at < p.ends_at
          AND c.tableoid = p.leaf AND c.ctid >= format('(%s,0)', p.first)::tid
        OFFSET 0) AS r
    UNION ALL
    SELECT r.at, r.size * 18.0::float8 * p.length / p.read, true
    FROM ${table}_part p, LATERAL (
        SELECT c.at, ${size} AS size FROM ${schema}.${table} c
        WHERE c.at >= greatest(p.starts_at, (SELECT since FROM asked)) AND c.at < p.ends_at AND c.tableoid = p.leaf
          AND c.ctid = ANY (ARRAY(
            -- No page has room for more than 108 rows.
            SELECT format('(%s,%s)', g.page, 1 + abs(hashint8(g.page)) % 18 + 18 * o)::tid
            FROM (SELECT p.first + p.length * n / p.read AS page FROM generate_series(0, p.read - 1) AS n) AS g,
                 generate_series(0, 5) AS o
            WHERE p.is_sampled))
        OFFSET 0) AS r
)
