-- Fires on record, the latest instant first.
-- $1 the schedule, $2 only those of instants before this, $3 how many
SELECT f.at, f.fired_at, f.cause, f.outcome, f.passed_over, f.job, f.problem
FROM ${schema}.fire f
WHERE f.schedule = $1 AND f.at < $2::timestamptz
ORDER BY f.at DESC
LIMIT $3
