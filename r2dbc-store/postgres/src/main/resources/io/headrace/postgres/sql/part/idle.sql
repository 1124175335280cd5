-- Whether a worker waits on a queue.
-- queue: the queue; but: a worker that does not count, 0 for none
EXISTS (SELECT FROM ${schema}.worker w WHERE ${queue} = ANY (w.idle_queues) AND w.id <> ${but})
