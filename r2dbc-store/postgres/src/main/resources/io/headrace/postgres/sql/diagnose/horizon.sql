-- What keeps dead rows from being removed, the oldest first, and whether this role may see all sessions: transactions of this
-- database, and what holds back all databases. A vacuum has a snapshot as well, and holds back nothing.
WITH holder AS (
    SELECT 'SESSION' AS sort, a.application_name AS name, a.pid, a.state, a.xact_start AS since,
           greatest(age(a.backend_xmin), age(a.backend_xid)) AS age
    FROM pg_stat_activity a
    WHERE coalesce(a.backend_xmin, a.backend_xid) IS NOT NULL AND a.pid <> pg_backend_pid()
      AND (a.datid IS NULL OR a.datname = current_database())
      AND NOT EXISTS (SELECT FROM pg_stat_progress_vacuum v WHERE v.pid = a.pid)
    UNION ALL
    SELECT 'PREPARED', p.gid, NULL, NULL, p.prepared, age(p.transaction)
    FROM pg_prepared_xacts p WHERE p.database = current_database()
    UNION ALL
    SELECT 'SLOT', s.slot_name, s.active_pid, CASE WHEN s.active THEN 'active' ELSE 'inactive' END, NULL, age(s.xmin)
    FROM pg_replication_slots s WHERE s.xmin IS NOT NULL
), oldest AS (
    SELECT * FROM holder ORDER BY age DESC, since LIMIT 3
)
SELECT o.sort, o.name, o.pid, o.state, (extract(epoch FROM now() - o.since) * 1000)::bigint AS since_ms, o.age,
       pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS sees_all
FROM (SELECT) AS once LEFT JOIN oldest o ON true
ORDER BY o.age DESC, o.since
