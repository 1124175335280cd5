-- What the handler of a job has recorded: its last steps and its cursor; and the last signals that it waits for, has waited for or
-- has read. Steps and signals are in their order, and have their values from the last one on, as many as fit.
-- $1 the job, $2 how many steps, $3 how many bytes of values, $4 how many signals
WITH latest AS MATERIALIZED (
    SELECT s.at, s.took_ms, s.attempt, s.name, s.value, s.ctid AS place
    FROM ${schema}.step s WHERE s.job = $1 ORDER BY s.at DESC, s.ctid DESC LIMIT $2
), steps AS MATERIALIZED (
    SELECT l.*, row_number() OVER back AS nr, coalesce(sum(octet_length(l.value::text)) OVER back, 0) AS bytes
    FROM latest l WINDOW back AS (ORDER BY l.at DESC, l.place DESC)
), awaited AS MATERIALIZED (
    SELECT a.key, a.since, a.until, a.outcome, a.queue, a.priority
    FROM ${schema}.awaited a WHERE a.job = $1 ORDER BY a.since DESC, a.key DESC LIMIT $4
), signals AS MATERIALIZED (
    SELECT a.key, a.since, CASE WHEN a.queue IS NOT NULL THEN a.until END AS until, sent.value,
           CASE WHEN a.outcome IS NOT NULL THEN a.outcome WHEN waits.is_there THEN 'WAITING' ELSE 'OPEN' END AS state,
           row_number() OVER back AS nr, coalesce(sum(octet_length(sent.value::text)) OVER back, 0) AS bytes
    FROM awaited a
    LEFT JOIN LATERAL (SELECT true AS is_there FROM ${schema}.pending p
                       WHERE a.outcome IS NULL AND p.queue = a.queue AND p.priority = a.priority AND p.run_at = a.until
                         AND p.jobs @> $1
                       LIMIT 1) AS waits ON true
    LEFT JOIN LATERAL (SELECT s.value FROM ${schema}.signal s
                       WHERE a.outcome = 'SIGNALLED' AND s.key = a.key LIMIT 1) AS sent ON true
    WINDOW back AS (ORDER BY a.since DESC, a.key DESC)
), recorded AS (
    SELECT 'STEP' AS what, s.nr, s.name, s.attempt, s.at, s.took_ms, NULL::timestamptz AS until, NULL AS state,
           CASE WHEN s.bytes <= $3 THEN s.value::text END AS value, s.value IS NOT NULL AND s.bytes > $3 AS left_out,
           (SELECT count(*) FROM ${schema}.step s WHERE s.job = $1) AS steps
    FROM steps s
    UNION ALL
    (SELECT 'CURSOR', 0, NULL, c.attempt, c.at, NULL, NULL, NULL, c.value::text, false, NULL
     FROM ${schema}.job_cursor c WHERE c.job = $1 ORDER BY c.nr DESC LIMIT 1)
    UNION ALL
    SELECT 'SIGNAL', s.nr, s.key, NULL, s.since, NULL, s.until, s.state,
           CASE WHEN s.bytes <= $3 THEN s.value::text END, s.value IS NOT NULL AND s.bytes > $3, NULL
    FROM signals s
)
SELECT r.what, r.name, r.attempt, (extract(epoch FROM r.at) * 1000000)::bigint AS at_us, r.took_ms,
       (extract(epoch FROM r.until) * 1000000)::bigint AS until_us, r.state, r.value, r.left_out, r.steps
FROM recorded r ORDER BY r.nr DESC
