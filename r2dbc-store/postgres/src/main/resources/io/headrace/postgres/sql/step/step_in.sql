-- Records a step in a transaction of its handler's.
-- $1 the worker, $2 a lease that holds this job alone, $3-$6 the step (job, milliseconds, name, value or null), $7 the number of the
-- transaction if this asks again, or null
SELECT s.what, s.transaction FROM ${schema}.step_in($1, $2, $3, $4, $5, $6, $7) AS s
