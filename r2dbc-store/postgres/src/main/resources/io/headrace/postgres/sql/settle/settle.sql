-- Records the outcomes of one flush, each only for jobs that are still in the lease it names.
-- $1 the worker,
-- $2-$3   all of it: (lease, its ids as a multirange),
-- $4-$5   finished: (lease, ids),
-- $6-$9   back to pending: (lease, ids, delay in microseconds or null for the old place, whether the attempt counts),
-- $10-$16 failures: (lease, job, attempt's end state or null if it is retried, type, message, fingerprint, trace),
-- $17-$18 jobs whose unique key is released: (lease, job)
WITH ${include settled}
${include settled_answer}
