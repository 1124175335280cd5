-- $1 name, $2 queues, $3 expiry in milliseconds
INSERT INTO ${schema}.worker (name, queues, started_at, expires_at)
VALUES ($1, $2, now(), now() + $3 * interval '1 millisecond')
RETURNING id
