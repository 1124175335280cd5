-- $1 the queue
INSERT INTO ${schema}.queue AS q (name, paused_at) VALUES ($1, now())
ON CONFLICT (name) DO UPDATE SET paused_at = now() WHERE q.paused_at IS NULL
