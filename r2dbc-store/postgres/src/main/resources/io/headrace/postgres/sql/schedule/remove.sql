-- Removes a schedule that has the version which is named. Its fires stay; one that waits will not come.
-- $1 its name, $2 the version
WITH gone AS (
    DELETE FROM ${schema}.schedule_state WHERE schedule = $1 AND version = $2
    RETURNING schedule, waiting_at
), removed AS (
    DELETE FROM ${schema}.schedule WHERE name = (SELECT schedule FROM gone)
), forgone AS (
    UPDATE ${schema}.fire SET outcome = 'SKIPPED'
    WHERE schedule = $1 AND at = (SELECT waiting_at FROM gone) AND outcome = 'WAITING'
)
SELECT count(*) AS removed, (${include schedule_changed source=gone}) AS told FROM gone
