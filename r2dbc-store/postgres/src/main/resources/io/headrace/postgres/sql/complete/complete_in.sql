-- Completes a job in a transaction of its handler's.
-- $1 the worker, $2 a lease that holds this job alone, $3 the job, $4 whether it has a unique key, $5 the number of the transaction
-- if this asks again, or null
SELECT c.what, c.transaction FROM ${schema}.complete_in($1, $2, $3, $4, $5) AS c
