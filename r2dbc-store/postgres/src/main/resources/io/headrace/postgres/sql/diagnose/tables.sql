-- The tables with their partitions: how large they are, and for those whose rows live for moments, how much is dead. Counters
-- of the server; nothing is counted here.
WITH tables AS (
    SELECT c.oid, c.relname::text AS name, c.relkind, c.reloptions, parent.relname::text AS parent
    FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class parent ON parent.oid = i.inhparent
    WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = '${schema}') AND c.relkind = 'r'
)
SELECT coalesce(t.parent, t.name) AS name, sum(pg_total_relation_size(t.oid))::bigint AS bytes,
       sum(pg_stat_get_live_tuples(t.oid))::bigint AS live, sum(pg_stat_get_dead_tuples(t.oid))::bigint AS dead,
       max(greatest(pg_stat_get_last_autovacuum_time(t.oid), pg_stat_get_last_vacuum_time(t.oid))) AS vacuumed_at,
       coalesce(t.parent, t.name) IN ('pending', 'lease', 'worker', 'schedule_state') AS hot,
       count(*) FILTER (WHERE EXISTS (SELECT FROM pg_options_to_table(t.reloptions) AS o
                                      WHERE o.option_name = 'autovacuum_enabled' AND NOT o.option_value::boolean))::integer AS off
FROM tables t
GROUP BY coalesce(t.parent, t.name)
ORDER BY bytes DESC, name
