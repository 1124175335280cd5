-- Forgets a worker; what it still has goes back to its old place, uncharged.
-- $1 the worker
WITH gone AS (
    DELETE FROM ${schema}.worker WHERE id = $1
), unheard AS (
    DELETE FROM ${schema}.cancellation WHERE worker = $1
), dissolved AS (
    DELETE FROM ${schema}.lease WHERE worker = $1
    RETURNING queue, kind, priority, run_at, attempt - 1 AS attempt, suspicion,
              (SELECT sum(upper(r) - lower(r)) FROM unnest(jobs) AS r) AS size, jobs
), returned AS (
    ${include pending source=dissolved}
    RETURNING queue
)
${include wake source=returned mark='<' except=$1}
