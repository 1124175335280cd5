-- Forgets the operations that ended long ago. There are few.
-- $1 the retention in milliseconds
WITH gone AS (
    DELETE FROM ${schema}.operation WHERE ended_at < now() - $1 * interval '1 millisecond' RETURNING id
)
SELECT count(*) AS pruned FROM gone
