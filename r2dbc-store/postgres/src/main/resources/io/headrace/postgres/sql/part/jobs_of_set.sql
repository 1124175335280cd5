-- Writes the jobs of an enqueue that are one set.
-- set: a row with their first id, queue, kind and priority; payloads, headers, attempts: arrays
INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts)
SELECT s.first + j.nr - 1, s.queue, s.kind, s.priority, j.payload::jsonb, j.headers::jsonb, j.max_attempts
FROM ${set} s, unnest(${payloads}::text[], ${headers}::text[], ${attempts}::smallint[])
    WITH ORDINALITY AS j (payload, headers, max_attempts, nr)
