-- Where a schedule stands: the row of its latest version, which is the first in the index.
-- name: the schedule
SELECT t.* FROM ${schema}.schedule_state t WHERE t.schedule = ${name} ORDER BY t.version DESC LIMIT 1
