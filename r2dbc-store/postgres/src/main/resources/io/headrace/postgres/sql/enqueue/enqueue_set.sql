-- Adds jobs that become one set, at most 1,024: of one queue, kind, priority and due time, without unique keys.
-- $1-$3 queue, kind and priority, $4 delay in microseconds, $5 run_at or null, $6 how many,
-- $7-$9 the jobs (payload, headers, max_attempts), $10 as $11 of enqueue
WITH one AS MATERIALIZED (
    SELECT f.first, $1::text AS queue, $2::text AS kind, $3::smallint AS priority, 0 AS attempt, 0 AS suspicion,
           $6::integer AS size, int8multirange(int8range(f.first, f.first + $6::integer)) AS jobs,
           greatest(statement_timestamp() + $4::float8 * interval '1 microsecond', $5::timestamptz) AS run_at
    FROM (SELECT ${schema}.next_block() AS first) AS f
), queued AS (
    ${include pending source=one}
), written AS (
    ${include jobs_of_set set=one payloads=$7 headers=$8 attempts=$9}
)
SELECT one.first, ${include wake_one source=one but=$10::bigint} AS woken FROM one
