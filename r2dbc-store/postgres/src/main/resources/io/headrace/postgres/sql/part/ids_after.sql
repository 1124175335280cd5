-- The first jobs of a set and one more, in their order, which is that of the set's ranges.
-- jobs: the set; after: beyond this job, or null; most: how many
SELECT g.id AS job
FROM unnest(${jobs} * int8multirange(int8range(${after}, NULL, '()'))) AS r,
     generate_series(lower(r), least(upper(r) - 1, lower(r) + ${most})) AS g (id)
LIMIT ${most} + 1
