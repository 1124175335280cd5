-- Schedules that are due or about to be, the earliest first, and when the next is: at least one row.
-- $1 names of schedules whose jobs this engine makes, $2 how many, $3 where to begin: dead index entries before it need not be
-- walked, $4 those that are due within so many milliseconds as well
WITH until AS MATERIALIZED (
    SELECT now() + $4 * interval '1 millisecond' AS at
), fixed AS MATERIALIZED (
    SELECT s.* FROM ${schema}.schedule_state s
    WHERE NOT s.made AND s.pause IS NULL AND s.next_at IS NOT NULL AND s.next_at >= $3::timestamptz AND s.next_at <= (SELECT at FROM until)
    ORDER BY s.next_at
    LIMIT $2
), made AS MATERIALIZED (
    -- By name, so that those which only others can make are not walked.
    SELECT s.*
    FROM unnest($1::text[]) AS mine (name),
         LATERAL (${include schedule_state name=mine.name}) AS s
    WHERE s.made AND s.pause IS NULL AND s.next_at IS NOT NULL
), due AS MATERIALIZED (
    SELECT * FROM fixed UNION ALL SELECT * FROM made WHERE next_at <= (SELECT at FROM until)
    ORDER BY next_at
    LIMIT $2
)
SELECT now() AS now, (SELECT min(next_at) FROM fixed) AS first_fixed_at,
       least((SELECT l.next_at FROM ${schema}.schedule_state l
              WHERE NOT l.made AND l.pause IS NULL AND l.next_at IS NOT NULL AND l.next_at > (SELECT at FROM until)
              ORDER BY l.next_at LIMIT 1),
             (SELECT min(next_at) FROM made WHERE next_at > (SELECT at FROM until))) AS later_at,
       extract(epoch FROM clock_timestamp() - statement_timestamp())::float8 AS took_s,
       found.*
FROM (SELECT) AS one
LEFT JOIN (
    -- A firing takes the payload from the row.
    SELECT ${include schedule}, CASE WHEN d.payload IS NOT NULL THEN '' END AS payload
    FROM due s JOIN ${schema}.schedule d ON d.name = s.schedule
) AS found ON true
ORDER BY found.next_at
