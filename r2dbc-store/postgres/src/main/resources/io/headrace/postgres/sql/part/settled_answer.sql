-- The answer of a statement that includes settled.
SELECT woken.queues, late.lease, late.ids::text AS late,
       -- Traces that this process believed to be stored.
       (SELECT array_agg(named.trace) FROM (SELECT DISTINCT f.trace FROM failure f WHERE f.trace IS NOT NULL) AS named
        WHERE NOT EXISTS (SELECT FROM ${schema}.trace t WHERE t.hash = named.trace OFFSET 0)) AS gone,
       -- Once, if at all: no row refers to another.
       (SELECT ${schema}.release_keys(array_agg(k.job))
        FROM unnest($17::bigint[], $18::bigint[]) AS k (lease, job)
        JOIN held h ON h.id = k.lease AND h.won @> k.job
        HAVING count(*) > 0) AS released
-- Always one row, or nobody would be woken when nothing is late.
FROM (${include wake source=returned mark='<' except=0 later=$1}) AS woken (queues)
LEFT JOIN (
    SELECT a.lease, a.ids - coalesce(h.won, '{}') AS ids FROM asked a LEFT JOIN held h ON h.id = a.lease
) AS late ON NOT isempty(late.ids)
