-- The jobs of a span of ids, each with its payload unless that is long.
-- bytes: up to how many stored bytes a payload comes with its job
SELECT j.id, j.max_attempts, j.unique_key, j.headers, j.payload AS stored,
       -- Sizes, and whether a value is compressed, are known without reading it. One that is not has at most 6 bytes of text for
       -- each of its own; a number has more, but not so many that a claim would fail over one job.
       CASE WHEN pg_column_size(j.payload) <= ${bytes} AND pg_column_compression(j.payload) IS NULL
                 AND (j.headers IS NULL
                      OR (pg_column_size(j.headers) <= ${bytes} AND pg_column_compression(j.headers) IS NULL))
            THEN j.payload END AS payload
FROM ${schema}.job j
-- A claim is for at most 1,024 jobs, and so is a span: said here, or the planner expects a ninth of the table.
WHERE j.id >= lower(span.ids) AND j.id < upper(span.ids) LIMIT 1024
