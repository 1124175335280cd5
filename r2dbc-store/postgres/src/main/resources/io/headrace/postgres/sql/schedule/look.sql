-- Schedules by name, and what time it is: at least one row.
-- $1 the names
SELECT now() AS now, found.*
FROM (SELECT) AS one
LEFT JOIN (
    SELECT ${include schedule}, d.payload
    FROM ${schema}.schedule d,
         LATERAL (${include schedule_state name=d.name}) AS s
    WHERE d.name = ANY ($1)
) AS found ON true
