-- Records what came of a decision; a second answer changes nothing.
-- $1 the decision, $2 how many it changed, or null, $3 the answer
INSERT INTO ${schema}.decision_answer (decision, affected, answer) VALUES ($1, $2, $3) ON CONFLICT (decision) DO NOTHING
