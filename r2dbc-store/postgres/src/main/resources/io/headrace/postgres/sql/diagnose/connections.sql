-- How many sessions there may be, and how many there are: of the server, and of the database and the role if these have a limit.
WITH used AS MATERIALIZED (
    SELECT datid, usesysid FROM pg_stat_activity WHERE datid IS NOT NULL AND usesysid IS NOT NULL
)
SELECT 'server' AS scope,
       current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
           - coalesce(current_setting('reserved_connections', true), '0')::integer AS most,
       (SELECT count(*) FROM used)::integer AS used
UNION ALL
SELECT 'database', d.datconnlimit, (SELECT count(*) FROM used WHERE datid = d.oid)::integer
FROM pg_database d WHERE d.datname = current_database() AND d.datconnlimit >= 0
UNION ALL
SELECT 'role', r.rolconnlimit, (SELECT count(*) FROM used WHERE usesysid = r.oid)::integer
FROM pg_roles r WHERE r.rolname = current_user AND r.rolconnlimit >= 0
