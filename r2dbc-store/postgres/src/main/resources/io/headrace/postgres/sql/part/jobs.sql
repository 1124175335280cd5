-- Writes the jobs of an enqueue of which none has a unique key: $7-$10 as in enqueue.sql, whose block and sets these are.
INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts)
SELECT block.first + j.nr - 1, asked.queue, asked.kind, asked.priority, j.payload::jsonb, j.headers::jsonb, j.max_attempts
FROM block,
     unnest($7::integer[], $8::text[], $9::text[], $10::smallint[])
         WITH ORDINALITY AS j (set_nr, payload, headers, max_attempts, nr)
     JOIN asked ON asked.nr = j.set_nr
