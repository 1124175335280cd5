-- Stores stack traces, each once, and notes that they are needed: before anything names them.
-- $1-$3 the traces (hash, the line that tells most, text)
INSERT INTO ${schema}.trace AS t (hash, seen_at, frame, text)
SELECT n.hash, now(), n.frame, n.text
FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n (hash, frame, text)
-- In one order, so that two processes that store the same traces do not deadlock.
ORDER BY n.hash
ON CONFLICT (hash) DO UPDATE SET seen_at = now() WHERE t.seen_at < now() - interval '30 minutes'
