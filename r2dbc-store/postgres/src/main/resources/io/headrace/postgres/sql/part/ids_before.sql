-- The last jobs of a set, in the opposite order. jobs: the set; before: before this job, or null; most: how many
SELECT g.id AS job
FROM (SELECT s.r FROM unnest(${jobs} * int8multirange(int8range(NULL, ${before}, '()'))) WITH ORDINALITY AS s (r, nr)
      ORDER BY s.nr DESC) AS o,
     generate_series(upper(o.r) - 1, greatest(lower(o.r), upper(o.r) - 1 - ${most}), -1) AS g (id)
LIMIT ${most} + 1
