-- Adds jobs of which some have a unique key, at most 1,024. The first of a kind and key is new unless a live job or a
-- failed tombstone holds the key; the rest are answered with the holder.
-- Parameters as in enqueue.sql, and $12 the keys of the jobs, null for none, $13 how long to wait for a key that a transaction
-- which has yet to end takes or gives back, as a setting of lock_timeout; null for as long as it takes
WITH ${include keyed_sets}, input AS MATERIALIZED (
    SELECT j.nr, j.set_nr, j.payload, j.headers, j.max_attempts, j.key, asked.kind, block.first + j.nr - 1 AS id,
           j.key IS NULL OR row_number() OVER (PARTITION BY asked.kind, j.key ORDER BY j.nr) = 1 AS is_first
    FROM block,
         unnest($7::integer[], $8::text[], $9::text[], $10::smallint[], $12::text[])
             WITH ORDINALITY AS j (set_nr, payload, headers, max_attempts, key, nr)
         JOIN asked ON asked.nr = j.set_nr
), ${include holder keep=NULL}, answer AS MATERIALIZED (
    SELECT i.nr, i.set_nr, i.id, i.payload, i.headers, i.max_attempts, i.key,
           coalesce(h.job, i.id) AS job,
           i.is_first AND coalesce(h.job, i.id) = i.id AS created
    FROM input i LEFT JOIN holder h ON h.kind = i.kind AND h.key = i.key
), sets AS (
    SELECT g.queue, g.kind, g.priority, g.run_at, 0 AS attempt, 0 AS suspicion, s.size, s.jobs
    FROM (SELECT a.set_nr, count(*) AS size, pg_catalog.range_agg(int8range(a.id, a.id, '[]')) AS jobs
          FROM answer a WHERE a.created GROUP BY a.set_nr) AS s
    JOIN asked g ON g.nr = s.set_nr
), queued AS (
    ${include pending source=sets}
    RETURNING queue, run_at
), written AS (
    INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts, unique_key)
    SELECT a.id, g.queue, g.kind, g.priority, a.payload::jsonb, a.headers::jsonb, a.max_attempts, a.key
    FROM answer a JOIN asked g ON g.nr = a.set_nr
    WHERE a.created
)
SELECT a.nr, a.job, a.created, (${include wake source=queued mark='=' except=$11 later=$11}) AS woken
FROM answer a
ORDER BY a.nr
