-- The leases that a worker holds, in ascending order. A statement that would take a job out of one waits until this is committed,
-- or skips it. leases: those that are named.
SELECT l.id, least(l.attempt, 32767)::smallint AS attempt, l.jobs FROM ${schema}.lease l
WHERE l.id = ANY (${leases}::bigint[])
  -- Not by the worker's index, in which each of its past leases may still have an entry.
  AND l.worker + 0 = $1
ORDER BY l.id
FOR KEY SHARE
