-- Schedules in the order of their names, and what time it is: at least one row.
-- $1 only names after this one, $2 how many
SELECT now() AS now, found.*
FROM (SELECT) AS one
LEFT JOIN (
    SELECT ${include schedule}, d.payload
    FROM (SELECT * FROM ${schema}.schedule p WHERE p.name > $1::text ORDER BY p.name LIMIT $2) AS d,
         LATERAL (${include schedule_state name=d.name}) AS s
) AS found ON true
ORDER BY found.name
