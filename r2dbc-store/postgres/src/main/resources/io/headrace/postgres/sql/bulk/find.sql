-- $1 the operation
SELECT ${include operation of=o} FROM ${schema}.operation o WHERE o.id = $1
