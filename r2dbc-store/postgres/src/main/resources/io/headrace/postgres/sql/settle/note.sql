-- Keeps what jobs say of their progress, each only if its job is still in the lease it names.
-- $1 the worker, $2-$5 what is said (lease, job, percent, message), $6-$7 what can be forgotten (lease, job)
WITH forgotten AS (
    DELETE FROM ${schema}.progress p
    USING unnest($6::bigint[], $7::bigint[]) AS over (lease, job)
    -- One that runs again has said something new, which takes this one's place.
    WHERE p.job = over.job AND p.lease = over.lease AND p.job <> ALL ($3)
      -- By somebody else a lease's number can be had again only where a dump was restored.
      AND NOT EXISTS (SELECT FROM ${schema}.lease l WHERE l.id = p.lease AND l.worker <> $1)
)
INSERT INTO ${schema}.progress AS p (job, lease, percent, message)
SELECT n.job, n.lease, n.percent, n.message
FROM unnest($2::bigint[], $3::bigint[], $4::smallint[], $5::text[]) AS n (lease, job, percent, message)
JOIN ${schema}.lease l ON l.id = n.lease AND l.worker = $1 AND l.jobs @> n.job
ORDER BY n.job
ON CONFLICT (job) DO UPDATE SET lease = excluded.lease, percent = excluded.percent, message = excluded.message
-- Of a lease that is no more, on its way for long.
WHERE p.lease <= excluded.lease
