-- Gives jobs leases of their own, each only if it is still in the lease that it names. No lease is emptied: of jobs that are all
-- that a lease holds, the first keeps it.
-- $1 the worker, $2-$3 leases and the jobs that leave them (lease, ids as a multirange)
WITH held AS MATERIALIZED (
    SELECT l.id, l.queue, l.kind, l.priority, l.attempt, l.run_at, l.deadline_at, l.max_attempts, l.suspicion, l.jobs,
           l.jobs * a.ids AS won, l.jobs - a.ids AS rest
    FROM ${schema}.lease l
    JOIN (SELECT u.lease, u.ids::int8multirange AS ids FROM unnest($2::bigint[], $3::text[]) AS u (lease, ids)) AS a
      ON l.id = a.lease
    -- Nor need this wait for the disk, as a claim need not: what is completed under such a lease is on disk after it.
    WHERE (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
      -- Not by the worker's index, in which each of its past leases may still have an entry.
      AND l.worker + 0 = $1
    ORDER BY l.id
    FOR UPDATE OF l
), leaving AS MATERIALIZED (
    SELECT h.*, CASE WHEN isempty(h.rest) THEN lower(h.won) END AS kept FROM held h WHERE NOT isempty(h.won)
), shrunk AS (
    UPDATE ${schema}.lease l
    SET jobs = CASE WHEN p.kept IS NULL THEN p.rest ELSE int8multirange(int8range(p.kept, p.kept, '[]')) END
    FROM leaving p
    WHERE l.id = p.id AND (p.kept IS NULL OR p.jobs <> int8multirange(int8range(p.kept, p.kept, '[]')))
), parted AS (
    -- Leased as of now: a heartbeat on its way does not know of these leases yet.
    INSERT INTO ${schema}.lease (
        worker, queue, kind, priority, attempt, run_at, leased_at, deadline_at, max_attempts, suspicion, jobs)
    SELECT $1, p.queue, p.kind, p.priority, p.attempt, p.run_at, now(), p.deadline_at, p.max_attempts, p.suspicion,
           int8multirange(int8range(ids.job, ids.job, '[]'))
    FROM leaving p, unnest(p.won) AS r, generate_series(lower(r), upper(r) - 1) AS ids (job)
    WHERE ids.job IS DISTINCT FROM p.kept
    RETURNING id, lower(jobs) AS job
)
SELECT job, id AS lease FROM parted
UNION ALL
SELECT p.kept, p.id FROM leaving p WHERE p.kept IS NOT NULL
