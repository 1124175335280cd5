-- Each queue that holds something, is paused, is worked on or had an attempt end lately: what it holds, and how many attempts end
-- per second. Of what ended, only the last pages are read; if those hold less than ten seconds, the rates are of a shorter time.
-- Always at least one row, for the time.
WITH RECURSIVE ${include depths pages=512}, completed_end AS MATERIALIZED (
    ${include newest table=completed pages=192}
), done AS MATERIALIZED (
    SELECT c.queue, c.size, c.at FROM ${schema}.completed c
    WHERE c.at >= (SELECT since FROM completed_end) AND c.at < (SELECT ends_at FROM completed_end)
      AND c.ctid >= (SELECT first_row FROM completed_end)
), completing AS MATERIALIZED (
    SELECT d.queue, sum(d.size) / greatest(1, extract(epoch FROM now() - (
        SELECT CASE WHEN e.is_bounded THEN (SELECT min(at) FROM done) ELSE e.since END FROM completed_end e))) AS jobs
    FROM done d GROUP BY d.queue
), failure_end AS MATERIALIZED (
    ${include newest table=attempt_failure pages=96}
), failures AS MATERIALIZED (
    SELECT f.job, f.at FROM ${schema}.attempt_failure f
    WHERE f.at >= (SELECT since FROM failure_end) AND f.at < (SELECT ends_at FROM failure_end)
      AND f.ctid >= (SELECT first_row FROM failure_end)
), failing AS MATERIALIZED (
    SELECT count(*) / greatest(1, extract(epoch FROM now() - (
        SELECT CASE WHEN e.is_bounded THEN (SELECT min(at) FROM failures) ELSE e.since END FROM failure_end e))) AS attempts
    FROM failures
), retrying AS MATERIALIZED (
    -- Whose they are is looked up for some of them, each by the index: their share is that of all.
    SELECT j.queue, (SELECT attempts FROM failing) * count(*) / sum(count(*)) OVER () AS attempts
    FROM (SELECT job FROM failures ORDER BY at DESC LIMIT 200) AS f,
         LATERAL (SELECT queue FROM ${schema}.job WHERE id = f.job OFFSET 0) AS j
    GROUP BY j.queue
), deaths AS MATERIALIZED (
    SELECT t.queue, t.died_at FROM ${schema}.tombstone t
    WHERE t.died_at >= now() - interval '10 seconds' AND t.state = 'FAILED'
    ORDER BY t.died_at DESC LIMIT 1000
), dying AS MATERIALIZED (
    SELECT d.queue, count(*) / greatest(1, extract(epoch FROM now() - (
        SELECT CASE WHEN count(*) = 1000 THEN min(died_at) ELSE now() - interval '10 seconds' END FROM deaths))) AS jobs
    FROM deaths d GROUP BY d.queue
), known AS MATERIALIZED (
    SELECT queue FROM depth
    UNION SELECT queue FROM completing
    UNION SELECT queue FROM retrying
    UNION SELECT queue FROM dying
    UNION SELECT name FROM ${schema}.queue WHERE paused_at IS NOT NULL
    UNION SELECT unnest(w.queues) FROM ${schema}.worker w WHERE w.expires_at > now()
)
SELECT now() AS at, k.queue,
       EXISTS (SELECT FROM ${schema}.queue q WHERE q.name = k.queue AND q.paused_at IS NOT NULL) AS paused,
       coalesce(d.due, 0) AS due, coalesce(d.scheduled, 0) AS scheduled, coalesce(d.oldest_due_ms, 0) AS oldest_due_ms,
       coalesce(d.leased, 0) AS leased, coalesce(d.failed, 0) AS failed, coalesce(d.estimated, false) AS estimated,
       coalesce(c.jobs, 0)::float8 AS completed, coalesce(r.attempts, 0)::float8 AS retried, coalesce(x.jobs, 0)::float8 AS died
FROM (SELECT) AS always
LEFT JOIN known k ON true
LEFT JOIN depth d ON d.queue = k.queue
LEFT JOIN completing c ON c.queue = k.queue
LEFT JOIN retrying r ON r.queue = k.queue
LEFT JOIN dying x ON x.queue = k.queue
ORDER BY k.queue COLLATE "C"
