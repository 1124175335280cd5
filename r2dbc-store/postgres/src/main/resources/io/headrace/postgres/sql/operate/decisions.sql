-- A page of decisions, the latest first.
-- $1 before which number, $2 how many
SELECT d.id, d.at, d.actor, d.action, d.subject, a.affected, a.answer
FROM (SELECT * FROM ${schema}.decision WHERE id < $1 ORDER BY id DESC LIMIT $2) AS d
LEFT JOIN ${schema}.decision_answer a ON a.decision = d.id
ORDER BY d.id DESC
