-- Keeps a worker alive, and answers which of the leases that it believes to have are gone, and
-- which of its jobs were cancelled.
-- $1 the worker, $2 expiry in milliseconds, $3 the queues on which it waits, $4 its leases,
-- $5 cancelled jobs of which it need not be told again, $6 whether it may have been out of reach since its last heartbeat,
-- $7 whether it asks when a sweep will find something
WITH beat AS (
    UPDATE ${schema}.worker
    SET heard_at = now(), expires_at = now() + $2 * interval '1 millisecond', idle_queues = $3,
        heard_since = CASE WHEN $6 OR expires_at < now() THEN now() ELSE heard_since END
    WHERE id = $1
    RETURNING id
), unknown AS (
    -- The answer to the claim that granted them was lost: nobody works on them, and their deadline may be far.
    DELETE FROM ${schema}.lease
    WHERE worker = $1 AND id <> ALL ($4) AND leased_at < now() - $2 * interval '1 millisecond'
    RETURNING queue, kind, priority, run_at, attempt - 1 AS attempt, suspicion,
              (SELECT sum(upper(r) - lower(r)) FROM unnest(jobs) AS r) AS size, jobs
), returned AS (
    ${include pending source=unknown}
    RETURNING queue, run_at
), heeded AS (
    DELETE FROM ${schema}.cancellation WHERE worker = $1 AND job = ANY ($5)
)
SELECT EXISTS (SELECT FROM beat) AS known,
       ARRAY(SELECT mine.lease FROM unnest($4::bigint[]) AS mine (lease)
             WHERE NOT EXISTS (SELECT FROM ${schema}.lease l WHERE l.id = mine.lease AND l.worker = $1)) AS lost,
       -- Told until it is heeded: this answer may be lost.
       ARRAY(SELECT c.job FROM ${schema}.cancellation c WHERE c.worker = $1 AND c.job <> ALL ($5)) AS cancelled,
       -- The earliest of all that sweep.sql acts on. Null if there is nothing, or it has not asked.
       (SELECT (extract(epoch FROM greatest(first.at, now()) - now()) * 1000)::bigint
        FROM (SELECT least(
                  (SELECT min(w.expires_at) FROM ${schema}.worker w WHERE w.id <> $1),
                  (SELECT min(CASE WHEN w.id IS NULL THEN now() ELSE l.deadline_at END)
                   FROM ${schema}.lease l LEFT JOIN ${schema}.worker w ON w.id = l.worker),
                  (SELECT u.free_at FROM ${schema}.unreleased_key u ORDER BY u.free_at LIMIT 1),
                  (SELECT min(o.expires_at) FROM ${schema}.operation o WHERE o.ended_at IS NULL),
                  CASE WHEN EXISTS (SELECT FROM ${schema}.cancellation c
                                    WHERE NOT EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = c.worker))
                         OR EXISTS (SELECT FROM ${schema}.progress p
                                    WHERE NOT EXISTS (SELECT FROM ${schema}.lease l WHERE l.id = p.lease))
                       THEN now() END) AS at
              -- Once, whatever is asked of it.
              WHERE $7 OFFSET 0) AS first
        WHERE first.at IS NOT NULL) AS sweep_in_ms,
       (${include wake source=returned mark='<' except=0 later=0}) AS woken
