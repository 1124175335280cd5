-- What an audit finds of signals: the columns are audit.sql's. A job that waits for a signal which has come.
SELECT 'SIGNAL_MISSED', count(*), min(a.job), NULL
FROM ${schema}.awaited a JOIN ${schema}.signal s ON s.key = a.key
WHERE a.outcome IS NULL
  AND EXISTS (SELECT FROM ${schema}.pending p
              WHERE p.queue = a.queue AND p.priority = a.priority AND p.run_at = a.until AND p.run_at > now() AND p.jobs @> a.job)
