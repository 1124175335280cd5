-- What an audit finds of steps: the columns are audit.sql's. The same step twice is a statement that was sent again.
SELECT 'STEP_TWICE', count(DISTINCT s.job), min(s.job), NULL
FROM (SELECT t.job FROM ${schema}.step t
      GROUP BY t.job, t.name
      HAVING count(DISTINCT (t.attempt, coalesce(t.value::text, ''))) > 1) AS s
