-- How jobs ended.
-- $1 jobs that may have ended, $2 others, which have completed, $3 whether the last attempts of those that completed are wanted
WITH ended AS MATERIALIZED (
    ${include ends jobs=$1::bigint[] completed=$2::bigint[]}
)
SELECT e.id, e.state, e.failure, e.result::text AS result,
       CASE WHEN e.attempt IS NOT NULL THEN e.attempt WHEN $3 THEN ${include last_attempt job=e.id} ELSE 1 END AS attempt
FROM ended e
