-- $1 the worker, $2 the queue
UPDATE ${schema}.worker SET waiting = array_append(waiting, $2) WHERE id = $1 AND NOT $2 = ANY (waiting)
