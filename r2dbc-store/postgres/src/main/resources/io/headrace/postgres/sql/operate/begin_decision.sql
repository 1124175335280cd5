-- Records what somebody is about to decide.
-- $1 who, $2 what, $3 on what
INSERT INTO ${schema}.decision (at, actor, action, subject) VALUES (now(), $1, $2, $3) RETURNING id
