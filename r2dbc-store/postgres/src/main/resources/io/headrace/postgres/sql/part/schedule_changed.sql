-- Tells every engine that schedules were written, if any were. Always one row.
-- source: those that were
SELECT count(pg_notify('${schema}', '*')) AS told FROM (SELECT FROM ${source} LIMIT 1) AS changed
