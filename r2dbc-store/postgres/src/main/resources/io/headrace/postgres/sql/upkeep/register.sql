-- Makes a worker known, under an id that nobody can guess, and marks its start. One that cannot know whether the server was within
-- reach before now asks those who live: after an outage the silence of others proves nothing yet.
-- $1 name, $2 queues, $3 expiry in milliseconds, $4 whether it was away, $5 the kinds that it handles, or null,
-- $6 for each queue, how many jobs of it run at once, or null, $7 the version of its application, or null
WITH registered AS (
    INSERT INTO ${schema}.worker (id, name, queues, started_at, heard_at, expires_at, kinds, slots, heard_since)
    SELECT greatest(('x' || left(random.hex, 12) || right(random.hex, 4))::bit(64)::bigint & 9223372036854775807, 1),
           $1, $2, now(), now(), now() + $3 * interval '1 millisecond', $5, $6,
           CASE WHEN $4 THEN now()
                ELSE coalesce((SELECT max(w.heard_since) FROM ${schema}.worker w WHERE w.expires_at > now()), '-infinity') END
    -- Without the digits between, which say what sort of UUID it is.
    FROM (SELECT replace(gen_random_uuid()::text, '-', '') AS hex OFFSET 0) AS random
    RETURNING id, started_at, name
)
INSERT INTO ${schema}.engine_mark (worker, started_at, name, version)
SELECT r.id, r.started_at, r.name, $7 FROM registered r
RETURNING worker AS id
