-- How many failed tombstones of those meant have been forgotten.
-- $1 these, as a multirange, or null; $2 of this kind, or null; $3 of this queue, or null
SELECT coalesce(sum(CASE WHEN $1::text IS NULL THEN p.size ELSE (
           SELECT sum(upper(r) - lower(r)) FROM unnest(p.jobs * $1::text::int8multirange) AS r) END), 0)::bigint AS pruned
FROM ${schema}.pruned p
WHERE p.state = 'FAILED' AND ($2::text IS NULL OR p.kind = $2) AND ($3::text IS NULL OR p.queue = $3)
