-- What an audit finds of schedules and their fires: everything is audit.sql's, and so are the columns.
SELECT 'SCHEDULE_STOPPED', count(*), NULL, min(d.name)
FROM ${schema}.schedule d LEFT JOIN ${schema}.schedule_state s ON s.schedule = d.name
WHERE s.version IS NULL
   OR (s.pause IS NULL AND s.next_at IS NULL AND (s.due_at IS NOT NULL OR s.waiting_at IS NOT NULL))
UNION ALL
SELECT 'FIRED_TWICE', sum(f.times - 1), NULL, min(f.schedule)
FROM (SELECT schedule, count(*) AS times FROM ${schema}.fire GROUP BY schedule, at HAVING count(*) > 1) AS f
UNION ALL
SELECT 'FIRE_WITHOUT_JOB', count(*), min(f.job), min(f.schedule)
FROM (
    SELECT f.schedule, f.job FROM ${schema}.fire f WHERE f.outcome = 'ENQUEUED' AND f.job IS NULL
    UNION ALL
    SELECT f.schedule, f.job
    FROM (
        -- Of older ones nobody knows: what has completed is forgotten some day.
        SELECT coalesce(range_agg(int8range(f.job, f.job, '[]')), '{}') AS jobs
        FROM ${schema}.fire f
        WHERE f.outcome = 'ENQUEUED'
          AND f.job >= coalesce((SELECT s.forgotten_to FROM ${schema}.segment s WHERE s.name = 'completed_default'), 0)
    ) AS fired, everything, unnest(fired.jobs - everything.placed - everything.stored) AS lost (jobs)
    JOIN ${schema}.fire f ON f.outcome = 'ENQUEUED' AND lost.jobs @> f.job
) AS f
UNION ALL
SELECT 'WAITING_LOST', count(*), NULL, min(w.schedule)
FROM (
    SELECT s.schedule FROM ${schema}.schedule_state s
    WHERE s.waiting_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM ${schema}.fire f
                      WHERE f.schedule = s.schedule AND f.at = s.waiting_at AND f.outcome = 'WAITING')
    UNION ALL
    SELECT f.schedule FROM ${schema}.fire f
    WHERE f.outcome = 'WAITING'
      AND NOT EXISTS (SELECT FROM ${schema}.schedule_state s WHERE s.schedule = f.schedule AND s.waiting_at = f.at)
) AS w
