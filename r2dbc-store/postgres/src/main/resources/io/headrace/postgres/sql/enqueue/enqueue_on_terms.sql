-- Adds jobs of which some are enqueued on terms, at most 1,024. Those with a unique key may keep it for a time that has
-- nothing to do with when they end.
-- Of those with a throttle, the ones that it does not admit are answered with the latest that it has admitted.
-- Parameters as in enqueue_keyed.sql, and the terms of the jobs, null where they have none: $14 periods in microseconds,
-- $15 the keys of throttles, $16 how many they admit
WITH block AS MATERIALIZED (
    -- For the rest of this transaction, which ends with this statement unless it is the caller's: then $13 is null.
    SELECT ${schema}.next_block() AS first,
           CASE WHEN $13::text IS NOT NULL THEN set_config('lock_timeout', $13, true) END AS patience
), asked AS MATERIALIZED (
    SELECT g.nr, g.queue, g.kind, g.priority,
           greatest(statement_timestamp() + g.delay_us::float8 * interval '1 microsecond', g.run_at) AS run_at
    FROM unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::timestamptz[], $6::integer[])
        WITH ORDINALITY AS g (queue, kind, priority, delay_us, run_at, size, nr)
), input AS MATERIALIZED (
    SELECT j.nr, j.set_nr, j.payload, j.headers, j.max_attempts, j.key, asked.kind, block.first + j.nr - 1 AS id,
           j.period_us::float8 * interval '1 microsecond' AS period, j.throttle_key, j.most,
           statement_timestamp() + j.period_us::float8 * interval '1 microsecond' AS keep_until,
           j.key IS NULL OR row_number() OVER (PARTITION BY asked.kind, j.key ORDER BY j.nr) = 1 AS is_first
    FROM block,
         unnest($7::integer[], $8::text[], $9::text[], $10::smallint[], $12::text[], $14::bigint[],
                $15::text[], $16::integer[])
             WITH ORDINALITY AS j (set_nr, payload, headers, max_attempts, key, period_us, throttle_key, most, nr)
         JOIN asked ON asked.nr = j.set_nr
), ${include holder keep=i.keep_until}, admitted AS MATERIALIZED (
    -- After the unique keys, and in the same order.
    SELECT i.nr, ${schema}.admitted_job(i.kind, i.throttle_key, i.id, i.most, i.period) AS job
    FROM (SELECT * FROM input WHERE most IS NOT NULL AND (SELECT count(*) FROM holder) >= 0
          ORDER BY kind COLLATE "C", throttle_key COLLATE "C", nr OFFSET 0) AS i
), answer AS MATERIALIZED (
    SELECT i.nr, i.set_nr, i.id, i.payload, i.headers, i.max_attempts, i.key,
           coalesce(h.job, a.job, i.id) AS job,
           i.is_first AND coalesce(h.job, a.job, i.id) = i.id AS created
    FROM input i
    LEFT JOIN holder h ON h.kind = i.kind AND h.key = i.key
    LEFT JOIN admitted a ON a.nr = i.nr
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
), due AS (
    SELECT q.queue FROM queued q WHERE q.run_at <= statement_timestamp()
)
SELECT a.nr, a.job, a.created, (${include wake source=due mark='=' except=$11}) AS woken
FROM answer a
ORDER BY a.nr
