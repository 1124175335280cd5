-- What the server is, and what its settings are for sessions of this role. Here and in the other files of this folder nothing is
-- bound, so that the driver prepares nothing: a diagnosis must work behind a pooler, too.
SELECT current_setting('server_version') AS version, current_database()::text AS database, current_user::text AS role,
       pg_is_in_recovery() AS standby, current_setting('transaction_read_only')::boolean AS read_only,
       current_setting('synchronous_commit') AS synchronous_commit,
       current_setting('autovacuum')::boolean AS autovacuum, current_setting('track_counts')::boolean AS track_counts,
       w.wal_bytes::bigint AS wal_bytes, w.stats_reset AS wal_since
FROM pg_stat_wal w
