-- Forgets a worker, but for the mark of its end; what it still has goes back to its old place, uncharged.
-- $1 the worker
WITH gone AS (
    -- Before what is locked below, as a sweep does: or each might wait for the other.
    DELETE FROM ${schema}.worker WHERE id = $1 RETURNING id
), marked AS (
    UPDATE ${schema}.engine_mark SET ended_at = now(), ending = 'STOPPED'
    WHERE worker = $1 AND ended_at IS NULL AND (SELECT count(*) FROM gone) >= 0
), unheard AS (
    DELETE FROM ${schema}.cancellation WHERE worker = $1 AND (SELECT count(*) FROM gone) >= 0
), dissolved AS (
    DELETE FROM ${schema}.lease WHERE worker = $1
    RETURNING queue, kind, priority, run_at, attempt - 1 AS attempt, suspicion,
              (SELECT sum(upper(r) - lower(r)) FROM unnest(jobs) AS r) AS size, jobs
), returned AS (
    ${include pending source=dissolved}
    RETURNING queue, run_at
)
${include wake source=returned mark='<' except=$1 later=0}
