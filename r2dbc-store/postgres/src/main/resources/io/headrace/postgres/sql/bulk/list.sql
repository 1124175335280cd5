-- The operations that were started last, the latest first.
-- $1 how many
SELECT ${include operation of=o} FROM ${schema}.operation o ORDER BY o.id DESC LIMIT $1
