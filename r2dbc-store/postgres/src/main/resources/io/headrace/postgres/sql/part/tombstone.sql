-- Writes tombstones, each with the failures of its earlier attempts and the one that ends it.
-- source: the jobs that end (job, state, attempt, queue, kind, priority) and why (type, message, fingerprint, trace, worker)
INSERT INTO ${schema}.tombstone (
    job, died_at, state, attempt, queue, kind, priority, fingerprint, max_attempts, unique_key, payload, headers, failures)
SELECT f.job, now(), f.state, f.attempt, f.queue, f.kind, f.priority, f.fingerprint,
       j.max_attempts, j.unique_key, j.payload, j.headers,
       coalesce(e.earlier, '[]') || jsonb_strip_nulls(jsonb_build_object(
           'attempt', f.attempt, 'at', now(), 'type', f.type, 'message', f.message,
           'fingerprint', f.fingerprint, 'trace', f.trace, 'worker', f.worker))
FROM ${source} f
-- One by one, by the index: as a join it might read all the jobs there are.
JOIN LATERAL (SELECT max_attempts, unique_key, payload, headers FROM ${schema}.job WHERE id = f.job OFFSET 0) AS j ON true
LEFT JOIN LATERAL (${include failures job=f.job}) AS e (earlier) ON true
