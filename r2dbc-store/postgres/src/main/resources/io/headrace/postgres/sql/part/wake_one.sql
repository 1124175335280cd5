-- As wake.sql, where there is one set and all of its source is one row: a call and no aggregates.
-- source: the row (queue, run_at); but: a worker that learns by other means of what is due, and when, 0 for none
CASE WHEN ${source}.run_at < statement_timestamp() + interval '30 seconds' AND ${include idle queue=${source}.queue but=${but}}
     THEN pg_notify('${schema}',
                    CASE WHEN ${source}.run_at > statement_timestamp()
                         THEN '+' || ceil(extract(epoch FROM ${source}.run_at - statement_timestamp())::float8 * 1000::float8)::bigint::text
                              || ' '
                         ELSE '=' END || ${source}.queue) END
