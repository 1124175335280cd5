-- Adds jobs of which some are enqueued on terms, at most 1,024. Those with a unique key may keep it for a time that has
-- nothing to do with when they end.
-- Of those with a throttle, the ones that it does not admit are answered with the latest that it has admitted. Of those with a
-- debounce, the last of each kind and key replaces the one that waits, or is new.
-- Parameters as in enqueue_keyed.sql, and the terms of the jobs, null where they have none: $14 periods in microseconds,
-- $15 the keys of throttles and debounces, $16 how many a throttle admits, null for a debounce; and $17 their places in the call
WITH ${include keyed_sets}, input AS MATERIALIZED (
    SELECT j.nr, j.set_nr, j.payload, j.headers, j.max_attempts, j.key, asked.kind, asked.queue, asked.priority, asked.run_at,
           block.first + j.nr - 1 AS id,
           j.period_us::float8 * interval '1 microsecond' AS period, j.term_key, j.most, j.debounce_key,
           statement_timestamp() + j.period_us::float8 * interval '1 microsecond' AS keep_until,
           count(*) OVER same AS enqueues,
           j.key IS NULL AND j.debounce_key IS NULL OR row_number() OVER (same ORDER BY j.place) = 1 AS is_first,
           row_number() OVER (same ORDER BY j.place) = count(*) OVER same AS is_last, j.place
    FROM block,
         (SELECT *, CASE WHEN most IS NULL THEN term_key END AS debounce_key
          FROM unnest($7::integer[], $8::text[], $9::text[], $10::smallint[], $12::text[], $14::bigint[], $15::text[],
                      $16::integer[], $17::integer[])
              WITH ORDINALITY AS u (set_nr, payload, headers, max_attempts, key, period_us, term_key, most, place, nr)) AS j
         JOIN asked ON asked.nr = j.set_nr
    WINDOW same AS (PARTITION BY asked.kind, j.key, j.debounce_key)
), ${include holder keep=i.keep_until}, admitted AS MATERIALIZED (
    -- After the unique keys, and in the same order.
    SELECT i.nr, ${schema}.admitted_job(i.kind, i.term_key, i.id, i.most, i.period) AS job
    FROM (SELECT * FROM input WHERE most IS NOT NULL AND (SELECT count(*) FROM holder) >= 0
          ORDER BY kind COLLATE "C", term_key COLLATE "C", place OFFSET 0) AS i
), debounced AS MATERIALIZED (
    -- And these after the throttles.
    SELECT i.nr, i.kind, i.debounce_key, i.queue, i.priority, d.waiting, d.due_at, d.is_new
    FROM (SELECT * FROM input WHERE debounce_key IS NOT NULL AND is_last AND (SELECT count(*) FROM admitted) >= 0
          ORDER BY kind COLLATE "C", debounce_key COLLATE "C" OFFSET 0) AS i,
         LATERAL ${schema}.debounced_job(i.kind, i.debounce_key, i.id, i.queue, i.priority, i.run_at, i.period, i.payload,
                                         i.headers, i.max_attempts, i.enqueues::integer) AS d
), answer AS MATERIALIZED (
    SELECT i.nr, i.set_nr, i.id, i.payload, i.headers, i.max_attempts, i.key,
           d.nr IS NOT NULL AS is_debounced,
           coalesce(h.job, a.job, d.waiting, i.id) AS job,
           i.is_first AND coalesce(d.is_new, coalesce(h.job, a.job, i.id) = i.id) AS created,
           -- The first of a key is told that it was created, the last one is.
           CASE WHEN d.nr IS NULL THEN i.is_first AND coalesce(h.job, a.job, i.id) = i.id
                ELSE d.nr = i.nr AND d.is_new END AS is_new
    FROM input i
    LEFT JOIN holder h ON h.kind = i.kind AND h.key = i.key
    LEFT JOIN admitted a ON a.nr = i.nr
    LEFT JOIN debounced d ON d.kind = i.kind AND d.debounce_key = i.debounce_key
), sets AS (
    SELECT g.queue, g.kind, g.priority, g.run_at, 0 AS attempt, 0 AS suspicion, s.size, s.jobs
    FROM (SELECT a.set_nr, count(*) AS size, pg_catalog.range_agg(int8range(a.id, a.id, '[]')) AS jobs
          FROM answer a WHERE a.is_new AND NOT a.is_debounced GROUP BY a.set_nr) AS s
    JOIN asked g ON g.nr = s.set_nr
    UNION ALL
    -- Each by itself: so it is found in its place.
    SELECT d.queue, d.kind, d.priority, d.due_at, 0, 0, 1, int8multirange(int8range(d.waiting, d.waiting, '[]'))
    FROM debounced d
), queued AS (
    ${include pending source=sets}
    RETURNING queue, run_at
), written AS (
    INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts, unique_key)
    SELECT a.id, g.queue, g.kind, g.priority, a.payload::jsonb, a.headers::jsonb, a.max_attempts, a.key
    FROM answer a JOIN asked g ON g.nr = a.set_nr
    WHERE a.is_new
), overdue AS (
    SELECT d.queue, d.due_at AS run_at FROM debounced d WHERE d.due_at <= statement_timestamp()
)
SELECT a.nr, a.job, a.created, (${include wake source=queued mark='=' except=$11 later=$11}) AS woken,
       (${include wake source=overdue mark='<' except=0 later=0}) AS woken_for_old
FROM answer a
ORDER BY a.nr
