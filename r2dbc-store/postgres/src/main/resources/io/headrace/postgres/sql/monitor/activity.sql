-- How many attempts ended in which way, by buckets of time, from samples: of completed jobs and failed attempts by the place of
-- their rows, of failed jobs by the index, or if there are many, from a sample of pages as well.
-- $1 how long a bucket is, in milliseconds; $2 how many there are, the last of which is the one of now. Each begins at a multiple
-- of its length. One row for each bucket, in their order.
WITH asked AS MATERIALIZED (
    SELECT to_timestamp((floor(extract(epoch FROM now()) * 1000 / $1::bigint) - $2::integer + 1) * $1 / 1000.0) AS since,
           $1 * interval '1 millisecond' AS width
), ${include sampled table=completed size=c.size pages=600}, ${include sampled table=attempt_failure size=1 pages=250}
, deaths AS MATERIALIZED (
    SELECT t.died_at FROM ${schema}.tombstone t
    WHERE t.died_at >= (SELECT since FROM asked) AND t.state = 'FAILED' LIMIT 1500
), are_many AS MATERIALIZED (
    SELECT count(*) = 1500 AS yes FROM deaths
), tombstones AS MATERIALIZED (
    SELECT size.pages, least(size.pages, 400) AS read
    FROM (SELECT pg_relation_size('${schema}.tombstone') / current_setting('block_size')::bigint) AS size (pages), are_many
    WHERE are_many.yes
), failed_row AS MATERIALIZED (
    SELECT t.died_at AS at, p.pages * 4.0::float8 / p.read AS jobs
    FROM tombstones p, LATERAL (
        SELECT t.died_at FROM ${schema}.tombstone t
        WHERE t.died_at >= (SELECT since FROM asked) AND t.state = 'FAILED' AND t.ctid = ANY (ARRAY(
            -- No page has room for more than 48 rows.
            SELECT format('(%s,%s)', g.page, 1 + abs(hashint8(g.page)) % 4 + 4 * o)::tid
            FROM (SELECT p.pages * n / p.read AS page FROM generate_series(0, p.read - 1) AS n) AS g,
                 generate_series(0, 11) AS o))
        OFFSET 0) AS t
), ending AS (
    SELECT at, jobs AS completed, 0::float8 AS retried, 0::float8 AS failed, is_sampled FROM completed_row
    UNION ALL SELECT at, 0, jobs, 0, is_sampled FROM attempt_failure_row
    UNION ALL SELECT died_at, 0, 0, 1, false FROM deaths WHERE NOT (SELECT yes FROM are_many)
    UNION ALL SELECT at, 0, 0, jobs, true FROM failed_row
), bucket AS (
    SELECT least($2 - 1, floor(extract(epoch FROM e.at - a.since) / extract(epoch FROM a.width))) AS nr,
           sum(e.completed) AS completed, sum(e.retried) AS retried, sum(e.failed) AS failed, bool_or(e.is_sampled) AS is_sampled
    FROM ending e, asked a GROUP BY 1
)
SELECT a.since + n.nr * a.width AS at, coalesce(round(b.completed), 0)::bigint AS completed,
       coalesce(round(b.retried), 0)::bigint AS retried, coalesce(round(b.failed), 0)::bigint AS failed,
       coalesce(b.is_sampled, false) AS is_sampled
FROM asked a CROSS JOIN generate_series(0, $2 - 1) AS n (nr) LEFT JOIN bucket b ON b.nr = n.nr
ORDER BY n.nr
