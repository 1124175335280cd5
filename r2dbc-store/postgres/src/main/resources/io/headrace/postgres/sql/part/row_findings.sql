-- What an audit finds of rows of the tables that have no CHECK constraints: the columns are audit.sql's.
SELECT 'MALFORMED', count(*), min(m.job), NULL
FROM (SELECT j.id AS job FROM ${schema}.job j
      WHERE j.priority NOT BETWEEN 0 AND 9 OR j.max_attempts < 1 OR j.queue = '' OR j.kind = ''
      UNION ALL
      SELECT lower(p.jobs) FROM ${schema}.pending p
      WHERE p.attempt < 0 OR p.size < 1 OR p.suspicion NOT BETWEEN 0 AND 2 OR (p.size > 1 AND p.suspicion = 2) OR isempty(p.jobs)
      UNION ALL
      SELECT lower(l.jobs) FROM ${schema}.lease l WHERE l.attempt < 1 OR isempty(l.jobs)
      UNION ALL
      SELECT lower(c.jobs) FROM ${schema}.completed c WHERE c.size < 1 OR isempty(c.jobs)) AS m
