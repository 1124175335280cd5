-- Forgets a worker; what it still has goes back to its old place, uncharged.
-- $1 the worker
WITH gone AS (
    DELETE FROM ${schema}.worker WHERE id = $1
), unheard AS (
    DELETE FROM ${schema}.cancellation WHERE worker = $1
), dissolved AS (
    DELETE FROM ${schema}.lease WHERE worker = $1 RETURNING queue, kind, priority, run_at, attempt, suspicion, jobs
), returned AS (
    INSERT INTO ${schema}.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
    SELECT d.queue, d.kind, d.priority, d.run_at, d.attempt - 1, d.suspicion,
           (SELECT sum(upper(r) - lower(r)) FROM unnest(d.jobs) AS r), d.jobs
    FROM dissolved d
    RETURNING queue
)
SELECT count(pg_notify('${schema}', '<' || due.queue)) AS woken
FROM (SELECT DISTINCT queue FROM returned) AS due
WHERE EXISTS (SELECT FROM ${schema}.worker w WHERE w.id <> $1 AND due.queue = ANY (w.waiting))
