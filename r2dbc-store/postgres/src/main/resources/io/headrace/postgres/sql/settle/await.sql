-- Lets jobs wait for signals, each only if it is still in the lease it names. One whose signal has come is due at once, and one whose
-- signal is in a transaction that is not over is due in a second. Each has a due time of its own, by which a signal finds it.
-- $1 the worker, $2-$5 the jobs (lease, job, key, timeout in microseconds)
WITH asked AS MATERIALIZED (
    SELECT a.lease, a.job, a.key, a.timeout_us, a.nr
    FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::bigint[]) WITH ORDINALITY AS a (lease, job, key, timeout_us, nr)
), held AS MATERIALIZED (
    SELECT l.id, l.queue, l.kind, l.priority, l.attempt, l.jobs FROM ${schema}.lease l
    -- Not by the worker's index, in which each of its past leases may still have an entry.
    WHERE l.id = ANY ($2::bigint[]) AND l.worker + 0 = $1
    ORDER BY l.id
    FOR UPDATE OF l
), won AS MATERIALIZED (
    SELECT a.lease, a.job, a.key, a.nr, h.queue, h.kind, h.priority, h.attempt - 1 AS attempt,
           now() + (a.timeout_us + a.nr) * interval '1 microsecond' AS until,
           ${schema}.signal_state(a.key) AS state
    FROM asked a JOIN held h ON h.id = a.lease AND h.jobs @> a.job
), left_lease AS MATERIALIZED (
    SELECT h.id, h.jobs - w.jobs AS rest
    FROM held h JOIN (SELECT lease, range_agg(int8range(job, job, '[]')) AS jobs FROM won GROUP BY lease) AS w ON w.lease = h.id
), emptied AS (
    DELETE FROM ${schema}.lease WHERE id = ANY (ARRAY(SELECT id FROM left_lease WHERE isempty(rest)))
), shrunk AS (
    UPDATE ${schema}.lease l SET jobs = h.rest FROM left_lease h WHERE l.id = h.id AND NOT isempty(h.rest)
), waits AS (
    INSERT INTO ${schema}.awaited AS a (job, key, since, until, outcome, queue, priority)
    SELECT w.job, w.key, now(), w.until, CASE w.state WHEN 'SIGNALLED' THEN w.state END, w.queue, w.priority
    FROM won w
    ORDER BY w.job
    ON CONFLICT (key, job) DO UPDATE
    SET since = excluded.since, until = excluded.until, outcome = excluded.outcome, queue = excluded.queue,
        priority = excluded.priority
), sets AS (
    SELECT w.queue, w.kind, w.priority,
           CASE w.state WHEN 'SIGNALLED' THEN now()
                        WHEN 'BUSY' THEN least(w.until, now() + interval '1 second')
                        ELSE w.until END AS run_at,
           w.attempt, 0 AS suspicion, 1 AS size, int8multirange(int8range(w.job, w.job, '[]')) AS jobs
    FROM won w
), returned AS (
    ${include pending source=sets}
    RETURNING queue, run_at
)
SELECT woken.queues, late.nr
-- Always one row, or nobody would be woken when nothing is late.
FROM (${include wake source=returned mark='=' except=0 later=0}) AS woken (queues)
LEFT JOIN (SELECT a.nr FROM asked a WHERE a.nr NOT IN (SELECT w.nr FROM won w)) AS late ON true
