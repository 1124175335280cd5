-- Adds jobs of which none has a unique key, at most 1,024: one row each, and one pending set for each group.
-- $1-$6 the groups (queue, kind, priority, delay in microseconds, run_at or null, how many jobs),
-- $7-$10 the jobs, group by group (group number from 1, payload, headers, max_attempts),
-- $11 the worker in whose process they come, 0 for none or if it is not to be told by other means
WITH block AS MATERIALIZED (
    SELECT ${schema}.next_block() AS first
), grp AS MATERIALIZED (
    SELECT g.nr, g.queue, g.kind, g.priority, g.size,
           sum(g.size) OVER (ORDER BY g.nr)::bigint - g.size AS skip,
           greatest(statement_timestamp() + g.delay_us::float8 * interval '1 microsecond', g.run_at) AS run_at
    FROM unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::timestamptz[], $6::integer[])
        WITH ORDINALITY AS g (queue, kind, priority, delay_us, run_at, size, nr)
), queued AS (
    INSERT INTO ${schema}.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
    SELECT grp.queue, grp.kind, grp.priority, grp.run_at, 0, 0, grp.size,
           int8multirange(int8range(block.first + grp.skip, block.first + grp.skip + grp.size))
    FROM grp, block
), written AS (
    INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts)
    SELECT block.first + j.nr - 1, grp.queue, grp.kind, grp.priority, j.payload::jsonb, j.headers::jsonb, j.max_attempts
    FROM block,
         unnest($7::integer[], $8::text[], $9::text[], $10::smallint[])
             WITH ORDINALITY AS j (grp, payload, headers, max_attempts, nr)
         JOIN grp ON grp.nr = j.grp
)
SELECT block.first,
       (SELECT count(pg_notify('${schema}', '=' || due.queue))
        FROM (SELECT DISTINCT grp.queue FROM grp WHERE grp.run_at <= statement_timestamp()) AS due
        WHERE EXISTS (SELECT FROM ${schema}.worker w WHERE w.id <> $11 AND due.queue = ANY (w.waiting)))
FROM block
