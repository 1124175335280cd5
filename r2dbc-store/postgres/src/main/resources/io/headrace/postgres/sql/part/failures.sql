-- The failures of a job's attempts on record, oldest first, as a JSON array; null if there are none.
-- job: the job
SELECT jsonb_agg(jsonb_build_object('attempt', p.attempt, 'at', p.at, 'type', p.error_type, 'message', p.message,
                                    'fingerprint', p.fingerprint, 'trace', p.trace, 'worker', p.worker)
                 ORDER BY p.at, p.attempt)
FROM ${schema}.attempt_failure p WHERE p.job = ${job}
