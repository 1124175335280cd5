-- What the handler of a job has recorded: its last steps in the order in which they were recorded, and its cursor, which has no
-- name. Values are there from the last step on, as many as fit.
-- $1 the job, $2 how many steps, $3 how many bytes of values
WITH latest AS MATERIALIZED (
    SELECT s.at, s.took_ms, s.attempt, s.name, s.value, s.ctid AS place
    FROM ${schema}.step s WHERE s.job = $1 ORDER BY s.at DESC, s.ctid DESC LIMIT $2
), counted AS MATERIALIZED (
    SELECT l.*, row_number() OVER back AS nr, coalesce(sum(octet_length(l.value::text)) OVER back, 0) AS bytes
    FROM latest l WINDOW back AS (ORDER BY l.at DESC, l.place DESC)
), recorded AS (
    SELECT c.nr, c.name, c.attempt, c.at, c.took_ms, CASE WHEN c.bytes <= $3 THEN c.value::text END AS value,
           c.value IS NOT NULL AND c.bytes > $3 AS left_out, (SELECT count(*) FROM ${schema}.step s WHERE s.job = $1) AS steps
    FROM counted c
    UNION ALL
    (SELECT 0, NULL, c.attempt, c.at, NULL, c.value::text, false, NULL
     FROM ${schema}.job_cursor c WHERE c.job = $1 ORDER BY c.nr DESC LIMIT 1)
)
SELECT r.name, r.attempt, (extract(epoch FROM r.at) * 1000000)::bigint AS at_us, r.took_ms, r.value, r.left_out, r.steps
FROM recorded r ORDER BY r.nr DESC
