-- Ends a pause, and wakes everybody who works on the queue: nobody has said that he waits.
-- A '<' before the queue in the notification: some sets took an old place meanwhile.
-- $1 the queue
WITH resumed AS (
    UPDATE ${schema}.queue SET paused_at = NULL WHERE name = $1 AND paused_at IS NOT NULL
)
SELECT count(pg_notify('${schema}', '<' || $1::text)) AS woken
