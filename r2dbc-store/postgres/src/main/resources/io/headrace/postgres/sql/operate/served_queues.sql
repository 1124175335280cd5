-- The queues that a worker has which is not silent. Reads only what a role that enqueues may read.
SELECT DISTINCT served.queue
FROM ${schema}.worker w, unnest(w.queues) AS served (queue)
WHERE w.expires_at > now()
