-- Forgets the oldest decisions whose retention is over, and their answers.
-- $1 the retention in milliseconds, $2 how many at most
WITH gone AS (
    DELETE FROM ${schema}.decision WHERE id = ANY (ARRAY(
        SELECT id FROM ${schema}.decision WHERE at < now() - $1 * interval '1 millisecond'
        ORDER BY at LIMIT $2))
    RETURNING id
), answers AS (
    DELETE FROM ${schema}.decision_answer WHERE decision = ANY (ARRAY(SELECT id FROM gone))
)
SELECT count(*) AS pruned FROM gone
