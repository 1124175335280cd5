-- $1 the worker, $2 the queue
UPDATE ${schema}.worker SET idle_queues = array_append(idle_queues, $2) WHERE id = $1 AND NOT $2 = ANY (idle_queues)
