-- What failed tombstones have in common, by fingerprint, the one that was seen last first: at a cost that is bounded however many
-- there are, of about 2,000 pages. Which there are comes from the last that died and from the index, fingerprint by fingerprint;
-- what they are like, from the last and first jobs of each. A table of up to 600 pages is counted whole. A larger one is counted by
-- the index: up to 10,000 of each, and fewer the more pages vacuum has not seen lately, since those are read.
-- $1 how many causes
WITH RECURSIVE size AS MATERIALIZED (
    SELECT pg_relation_size(c.oid) <= 600 * current_setting('block_size')::bigint AS small,
           1 - greatest(c.relallvisible, 0)::float8 / greatest(c.relpages, 1) AS unseen
    FROM pg_class c WHERE c.oid = '${schema}.tombstone'::regclass
), recent AS MATERIALIZED (
    SELECT d.fingerprint, max(d.died_at) AS died_at
    FROM (SELECT t.fingerprint, t.state, t.died_at FROM ${schema}.tombstone t ORDER BY t.died_at DESC LIMIT 200) AS d
    WHERE d.state = 'FAILED' AND d.fingerprint IS NOT NULL
    GROUP BY d.fingerprint
), walk AS (
    (SELECT t.fingerprint, 1 AS nr FROM ${schema}.tombstone t
     WHERE t.state = 'FAILED' AND t.fingerprint IS NOT NULL ORDER BY t.fingerprint LIMIT 1)
    UNION ALL
    SELECT (SELECT t.fingerprint FROM ${schema}.tombstone t
            WHERE t.state = 'FAILED' AND t.fingerprint > w.fingerprint ORDER BY t.fingerprint LIMIT 1), w.nr + 1
    FROM walk w WHERE w.fingerprint IS NOT NULL AND w.nr < $1
), sort AS MATERIALIZED (
    SELECT s.fingerprint
    FROM (SELECT r.fingerprint, r.died_at FROM recent r
          UNION ALL SELECT w.fingerprint, NULL FROM walk w WHERE w.fingerprint IS NOT NULL) AS s
    GROUP BY s.fingerprint
    ORDER BY max(s.died_at) DESC NULLS LAST LIMIT $1
), bound AS MATERIALIZED (
    SELECT least(10000, 500 / (count(*) * greatest(size.unseen, 0.0001)))::integer AS most
    FROM sort, size GROUP BY size.unseen
), counted AS MATERIALIZED (
    SELECT t.fingerprint, count(*) AS jobs, false AS at_least
    FROM ${schema}.tombstone AS t TABLESAMPLE SYSTEM (100)   -- all of it, page by page
    WHERE (SELECT size.small FROM size) AND t.state = 'FAILED' AND t.fingerprint IS NOT NULL
    GROUP BY t.fingerprint
    UNION ALL
    SELECT s.fingerprint, least(c.jobs, bound.most), c.jobs > bound.most
    FROM sort s, bound, LATERAL (
        SELECT count(*) AS jobs
        FROM (SELECT FROM ${schema}.tombstone t
              WHERE t.fingerprint = s.fingerprint AND t.state = 'FAILED' ORDER BY t.job LIMIT bound.most + 1) AS t) AS c
    WHERE NOT (SELECT size.small FROM size)
)
SELECT s.fingerprint, counted.jobs, counted.at_least, latest.job AS latest,
       latest.failure || ${include version failure=latest.failure} AS failure,
       (SELECT r.frame FROM ${schema}.trace r WHERE r.hash = (latest.failure ->> 'trace')::uuid) AS frame,
       seen.kinds, seen.queues, seen.first_seen, seen.last_seen
FROM sort s
JOIN counted ON counted.fingerprint = s.fingerprint
CROSS JOIN LATERAL (
    SELECT t.job, t.failures -> -1 AS failure FROM ${schema}.tombstone t
    WHERE t.fingerprint = s.fingerprint AND t.state = 'FAILED' ORDER BY t.job DESC LIMIT 1) AS latest
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT d.kind) AS kinds, array_agg(DISTINCT d.queue) AS queues,
           min(d.died_at) AS first_seen, max(d.died_at) AS last_seen
    FROM ((SELECT t.kind, t.queue, t.died_at FROM ${schema}.tombstone t
           WHERE t.fingerprint = s.fingerprint AND t.state = 'FAILED' ORDER BY t.job DESC LIMIT 10)
          UNION ALL
          (SELECT t.kind, t.queue, t.died_at FROM ${schema}.tombstone t
           WHERE t.fingerprint = s.fingerprint AND t.state = 'FAILED' ORDER BY t.job LIMIT 1)) AS d) AS seen
ORDER BY seen.last_seen DESC, s.fingerprint
