-- Counts the jobs that wait, by queue and kind, in as many sets as a limit says.
-- $1-$6 as in part/waiting.sql; $7 of this kind, or null
WITH ${include waiting}
SELECT w.queue, w.kind, sum(w.size)::bigint AS jobs, (SELECT count(*) FROM walked) = $6 AS is_cut
FROM walked w
WHERE $7::text IS NULL OR w.kind = $7
GROUP BY w.queue, w.kind
ORDER BY jobs DESC, w.queue, w.kind
