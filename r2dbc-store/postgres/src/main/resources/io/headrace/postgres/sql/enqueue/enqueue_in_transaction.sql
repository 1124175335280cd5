-- Adds jobs of one queue, kind and priority which are due at once, at most 1,024, in a transaction of the caller's, and leases
-- them to the worker in whose process they come. They are pending as any other if they must wait.
-- $1-$3 queue, kind and priority, $4 how many, $5-$7 the jobs (payload, headers, max_attempts), $8 the worker,
-- $9-$10 the terms of this kind (max_attempts, deadline in milliseconds), $11 the kinds that the worker handles,
-- $12 for each priority from 0 up, where what is older would be: dead index entries before it need not be walked
WITH one AS MATERIALIZED (
    SELECT f.first, $1::text AS queue, $2::text AS kind, $3::smallint AS priority,
           int8multirange(int8range(f.first, f.first + $4::integer)) AS jobs
    FROM (SELECT ${schema}.next_block() AS first) AS f
), written AS (
    ${include jobs_of_set set=one payloads=$5 headers=$6 attempts=$7}
)
SELECT first, ${schema}.granted_lease($8, queue, kind, priority, jobs, $9, $10, $11, $12::timestamptz[]) AS lease
FROM one
