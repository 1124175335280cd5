-- The tables with their partitions: how large they are, and for those whose rows live for moments, how much is dead. Nothing is
-- counted here: these are counters of the server, and of partitions, of which there may be hundreds, the sizes that the last vacuum
-- or analyze noted.
WITH tables AS (
    SELECT c.oid, c.relname::text AS name, c.relpages, c.reltoastrelid, c.reloptions, parent.relname::text AS parent
    FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class parent ON parent.oid = i.inhparent
    WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = '${schema}') AND c.relkind = 'r'
), measured AS (
    SELECT coalesce(t.parent, t.name) AS name,
           CASE WHEN t.parent IS NULL THEN pg_total_relation_size(t.oid)
                ELSE (t.relpages::bigint + coalesce((SELECT o.relpages FROM pg_class o WHERE o.oid = t.reltoastrelid), 0)
                      + coalesce((SELECT sum(x.relpages) FROM pg_index n JOIN pg_class x ON x.oid = n.indexrelid
                                  WHERE n.indrelid = t.oid), 0)) * current_setting('block_size')::bigint END AS bytes,
           CASE WHEN t.name IN ('pending', 'lease', 'worker', 'schedule_state') THEN t.oid END AS hot,
           t.reloptions IS NOT NULL AND EXISTS (
               SELECT FROM pg_options_to_table(t.reloptions) AS o
               WHERE o.option_name = 'autovacuum_enabled' AND NOT o.option_value::boolean) AS is_off
    FROM tables t
)
SELECT m.name, sum(m.bytes)::bigint AS bytes, max(m.hot) IS NOT NULL AS hot,
       pg_stat_get_live_tuples(max(m.hot)) AS live, pg_stat_get_dead_tuples(max(m.hot)) AS dead,
       greatest(pg_stat_get_last_autovacuum_time(max(m.hot)), pg_stat_get_last_vacuum_time(max(m.hot))) AS vacuumed_at,
       (count(*) FILTER (WHERE m.is_off))::integer AS off
FROM measured m
GROUP BY m.name
ORDER BY bytes DESC, name
