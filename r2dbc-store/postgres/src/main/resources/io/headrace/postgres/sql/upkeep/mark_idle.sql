-- $1 the worker, $2 the queues
UPDATE ${schema}.worker
SET idle_queues = idle_queues || ARRAY(SELECT name FROM unnest($2::text[]) AS q (name) WHERE name <> ALL (idle_queues))
WHERE id = $1 AND NOT $2::text[] <@ idle_queues
