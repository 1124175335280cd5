-- Records the outcomes of one flush as settle.sql does, and what they entail: keeps results, and adds the jobs that follow, of which
-- none has a unique key, at most 1,024. Each only if its outcome is recorded.
-- $1-$18 as in settle.sql, $19-$21 results (lease, job, JSON),
-- $22-$26 the sets of the jobs that follow (queue, kind, priority, delay in microseconds, run_at or null),
-- $27-$32 these jobs, set by set (lease and job that they follow, number of the set from 1, payload, headers, max_attempts)
WITH ${include settled}, kept AS (
    INSERT INTO ${schema}.result (job, value)
    SELECT r.job, r.value::jsonb
    FROM unnest($19::bigint[], $20::bigint[], $21::text[]) AS r (lease, job, value)
    JOIN held h ON h.id = r.lease AND h.won @> r.job
    -- A store that was restored from a dump may have one already.
    ON CONFLICT (job) DO UPDATE SET value = excluded.value
), block AS MATERIALIZED (
    SELECT ${schema}.next_block() AS first
), next AS MATERIALIZED (
    -- Numbered without those that are late, so that each set is one range.
    SELECT n.set_nr, n.payload, n.headers, n.max_attempts, block.first + row_number() OVER (ORDER BY n.nr) - 1 AS id
    FROM block,
         unnest($27::bigint[], $28::bigint[], $29::integer[], $30::text[], $31::text[], $32::smallint[])
             WITH ORDINALITY AS n (lease, job, set_nr, payload, headers, max_attempts, nr)
         JOIN held h ON h.id = n.lease AND h.won @> n.job
), next_asked AS MATERIALIZED (
    SELECT g.nr, g.queue, g.kind, g.priority,
           greatest(statement_timestamp() + g.delay_us::float8 * interval '1 microsecond', g.run_at) AS run_at
    FROM unnest($22::text[], $23::text[], $24::smallint[], $25::bigint[], $26::timestamptz[])
        WITH ORDINALITY AS g (queue, kind, priority, delay_us, run_at, nr)
), next_sets AS MATERIALIZED (
    SELECT g.queue, g.kind, g.priority, g.run_at, 0 AS attempt, 0 AS suspicion, s.size,
           int8multirange(int8range(s.first, s.first + s.size)) AS jobs
    FROM (SELECT n.set_nr, min(n.id) AS first, count(*) AS size FROM next n GROUP BY n.set_nr) AS s
    JOIN next_asked g ON g.nr = s.set_nr
), next_queued AS (
    ${include pending source=next_sets}
), next_written AS (
    INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts)
    SELECT n.id, g.queue, g.kind, g.priority, n.payload::jsonb, n.headers::jsonb, n.max_attempts
    FROM next n JOIN next_asked g ON g.nr = n.set_nr
), next_woken AS MATERIALIZED (
    ${include wake source=next_sets mark='=' except=$1 later=$1}
)
SELECT answer.*, next_woken.woken FROM (
    ${include settled_answer}
) AS answer, next_woken
