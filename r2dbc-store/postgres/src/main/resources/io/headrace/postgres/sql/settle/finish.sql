-- Records that all jobs of some leases have completed. A lease that is not held, or holds other jobs, is left alone: settle.sql
-- says which of its outcomes count. That statement does all of this as well, at three times the cost for a few jobs.
-- $1 the worker, $2-$3 leases in ascending order, so that they are locked in this order, and the jobs of each as a multirange
WITH gone AS (
    DELETE FROM ${schema}.lease l USING unnest($2::bigint[], $3::text[]) AS a (lease, ids)
    WHERE l.id = a.lease
      -- Not by the worker's index, in which each of its past leases may still have an entry.
      AND l.worker + 0 = $1
      AND l.jobs = a.ids::int8multirange
    RETURNING l.id, l.queue, l.kind, l.attempt, l.jobs
), finished AS (
    INSERT INTO ${schema}.completed (at, worker, queue, kind, attempt, size, jobs)
    SELECT now(), $1, s.queue, s.kind, s.attempt,
           (SELECT sum(upper(r) - lower(r)) FROM unnest(s.jobs) AS r), s.jobs
    FROM (SELECT g.queue, g.kind, g.attempt, range_agg(g.jobs) AS jobs FROM gone g
          GROUP BY g.queue, g.kind, g.attempt) AS s
)
SELECT a.lease FROM unnest($2::bigint[]) AS a (lease) WHERE a.lease NOT IN (SELECT g.id FROM gone g)
