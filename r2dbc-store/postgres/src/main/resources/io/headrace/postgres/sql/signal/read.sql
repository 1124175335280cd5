-- Answers jobs that ask whether a signal has come. The first answer after a wait is kept: the signal if it is there, or else the
-- timeout if that is over. A row for each question, in their order: UNSEEN if a signal counts that has come since this statement
-- began, so that its value is not known yet.
-- $1-$2 the questions (job, key)
WITH asked AS MATERIALIZED (
    SELECT q.job, q.key, q.nr FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS q (job, key, nr)
), seen AS MATERIALIZED (
    SELECT q.nr, q.job, q.key, w.outcome AS known,
           coalesce(w.outcome, CASE WHEN s.is_there THEN 'SIGNALLED' WHEN w.until <= now() THEN 'TIMED_OUT' END) AS outcome,
           s.value, s.headers
    FROM asked q
    LEFT JOIN LATERAL (SELECT a.outcome, a.until FROM ${schema}.awaited a
                       WHERE a.key = q.key AND a.job = q.job LIMIT 1) AS w ON true
    LEFT JOIN LATERAL (SELECT g.value, g.headers, true AS is_there FROM ${schema}.signal g
                       WHERE g.key = q.key LIMIT 1) AS s ON true
), kept AS (
    -- Another answer may have been given since this statement began: that one holds.
    INSERT INTO ${schema}.awaited AS a (job, key, since, until, outcome)
    SELECT DISTINCT ON (s.job, s.key) s.job, s.key, now(), now(), s.outcome
    FROM seen s WHERE s.known IS NULL AND s.outcome IS NOT NULL
    ORDER BY s.job, s.key
    ON CONFLICT (key, job) DO UPDATE SET outcome = coalesce(a.outcome, excluded.outcome)
    RETURNING job, key, outcome
)
SELECT CASE WHEN k.outcome = 'SIGNALLED' AND s.outcome <> 'SIGNALLED' THEN 'UNSEEN' ELSE coalesce(k.outcome, s.outcome) END AS outcome,
       CASE s.outcome WHEN 'SIGNALLED' THEN s.value::text END AS value,
       CASE s.outcome WHEN 'SIGNALLED' THEN s.headers::text END AS headers
FROM seen s LEFT JOIN kept k ON k.job = s.job AND k.key = s.key
ORDER BY s.nr
