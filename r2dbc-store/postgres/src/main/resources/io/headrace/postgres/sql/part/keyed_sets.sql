-- The block of ids of an enqueue with keys, and its sets: parameters as in enqueue_keyed.sql.
block AS MATERIALIZED (
    -- For the rest of this transaction, which ends with this statement unless it is the caller's: then $13 is null.
    SELECT ${schema}.next_block() AS first,
           CASE WHEN $13::text IS NOT NULL THEN set_config('lock_timeout', $13, true) END AS patience
), asked AS MATERIALIZED (
    SELECT g.nr, g.queue, g.kind, g.priority,
           greatest(statement_timestamp() + g.delay_us::float8 * interval '1 microsecond', g.run_at) AS run_at
    FROM unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::timestamptz[], $6::integer[])
        WITH ORDINALITY AS g (queue, kind, priority, delay_us, run_at, size, nr)
)
