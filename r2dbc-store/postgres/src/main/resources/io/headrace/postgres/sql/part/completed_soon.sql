-- A job that completed soon after its enqueue or its last failure, as most do. Nothing else that has completed is read.
-- job: the job; failed: when it last failed, or null
SELECT c.attempt
FROM (SELECT coalesce(${failed}, '2025-01-01 00:00:00+00'::timestamptz + ((${job} >> 22) - 10) * interval '1 millisecond') AS at) AS since,
     LATERAL (SELECT d.attempt FROM ${schema}.completed d
              WHERE d.at >= since.at AND d.at <= since.at + interval '10 seconds' AND d.jobs @> ${job} LIMIT 1) AS c
