-- Cancels a chunk of the jobs that wait, whole sets at a time.
-- $1-$6 as in part/waiting.sql; $7 of this kind, or null; $8 those with lower ids; $9 how many jobs, or a set more;
-- $10-$12 why (type, message, fingerprint)
WITH ${include waiting}, looked AS MATERIALIZED (
    -- Up to the first that would be too many.
    SELECT w.*, coalesce(sum(w.size) FILTER (WHERE w.is_meant) OVER (
                             ORDER BY w.queue, w.priority, w.run_at, w.first
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) >= $9 AS is_over
    FROM (SELECT *, ($7::text IS NULL OR kind = $7) AND beyond <= $8 AS is_meant FROM walked) AS w
), taken AS MATERIALIZED (
    SELECT * FROM looked WHERE NOT is_over
), free AS MATERIALIZED (
    SELECT ctid AS place FROM ${schema}.pending
    WHERE ctid = ANY (ARRAY(SELECT place FROM taken WHERE is_meant))
    FOR UPDATE SKIP LOCKED
), ${include cancelled type=$10 message=$11 fingerprint=$12}
SELECT (SELECT coalesce(sum(size), 0) FROM taken WHERE is_meant)::bigint AS matched,
       (SELECT count(*) FROM buried) AS applied,
       (SELECT count(*) FROM walked) = $6 OR EXISTS (SELECT FROM looked WHERE is_over) AS more,
       last.queue, last.priority, last.run_at, last.first,
       (SELECT ${schema}.release_keys(array_agg(job)) FROM buried HAVING count(*) > 0) AS released
FROM (SELECT 1) AS one
LEFT JOIN (SELECT queue, priority, run_at, first FROM taken
           ORDER BY queue DESC, priority DESC, run_at DESC, first DESC LIMIT 1) AS last ON true
