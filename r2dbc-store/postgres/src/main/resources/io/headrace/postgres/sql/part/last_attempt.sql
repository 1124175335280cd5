-- The number of a completed job's last attempt: one more than the last that failed.
-- job: the job
coalesce((SELECT f.attempt FROM ${schema}.attempt_failure f WHERE f.job = ${job} ORDER BY f.at DESC, f.attempt DESC LIMIT 1) + 1, 1)
