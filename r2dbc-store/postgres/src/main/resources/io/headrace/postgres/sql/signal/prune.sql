-- Forgets signals whose retention is over and that no job on record has waited for or read. Always one row.
-- $1 the retention in milliseconds, $2-$3 beyond which place (time, key): those before were looked at, $4 how many to look at
SELECT f.looked, f.forgotten, f.reached_at, f.reached_key FROM ${schema}.forget_signals($1, $2::timestamptz, $3, $4) AS f
