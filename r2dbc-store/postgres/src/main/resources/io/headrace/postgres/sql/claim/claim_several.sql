-- Leases due jobs of several queues, of each as claim.sql would; with one queue, that is quicker.
-- $1 the worker, $2-$6 for each queue: its name, how many jobs, in how many sets at most, of which suspicion, and up to how
-- many stored bytes a payload comes with its job, -1 for none,
-- $7-$10 the kinds and their terms (number of the queue from 1, kind, max_attempts, deadline in milliseconds),
-- $11 ten moments for each queue: for each priority from 0 up, where to begin
WITH given AS MATERIALIZED (
    SELECT $11::timestamptz[] AS floors
), terms AS MATERIALIZED (
    SELECT * FROM unnest($7::integer[], $8::text[], $9::integer[], $10::bigint[]) AS t (nr, kind, max_attempts, deadline_ms)
), asked AS MATERIALIZED (
    SELECT q.nr, q.name, q.jobs, q.sets, q.suspicion, q.bytes, handled.kinds,
           given.floors[10 * q.nr - 9 : 10 * q.nr] AS floors,
           NOT EXISTS (SELECT FROM ${schema}.queue p WHERE p.name = q.name AND p.paused_at IS NOT NULL) AS is_open
    FROM given,
         unnest($2::text[], $3::integer[], $4::integer[], $5::integer[], $6::integer[])
             WITH ORDINALITY AS q (name, jobs, sets, suspicion, bytes, nr)
         JOIN (SELECT nr, array_agg(kind) AS kinds FROM terms GROUP BY nr) AS handled USING (nr)
), due AS MATERIALIZED (
    SELECT a.nr, a.jobs AS most, p.*
    FROM asked a,
         LATERAL (
             SELECT first.*
             FROM unnest(a.floors) WITH ORDINALITY AS probe (floor, nr),
                  LATERAL (
                      SELECT s.ctid AS place, s.priority, s.run_at, s.size, s.jobs
                      FROM ${schema}.pending s
                      WHERE s.queue = a.name AND s.priority = (probe.nr - 1)::smallint
                        AND s.run_at >= probe.floor AND s.run_at <= now()
                        AND s.kind = ANY (a.kinds) AND s.suspicion = a.suspicion
                      ORDER BY s.run_at
                      LIMIT a.sets
                      FOR UPDATE SKIP LOCKED) AS first
             LIMIT a.sets) AS p
    WHERE (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
      AND a.is_open
      AND EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = $1 AND w.expires_at > now())
      AND (a.suspicion < 2 OR NOT EXISTS (SELECT FROM ${schema}.lease l WHERE l.worker = $1 AND l.suspicion = 2))
), counted AS MATERIALIZED (
    SELECT nr, most, place, size, jobs,
           sum(size) OVER (PARTITION BY nr ORDER BY priority, run_at, place)::bigint - size AS before
    FROM due
), whole AS (
    DELETE FROM ${schema}.pending
    WHERE ctid = ANY (ARRAY(SELECT place FROM counted WHERE before + size <= most))
    RETURNING queue, kind, priority, attempt, run_at, size, jobs
), cut AS MATERIALIZED (
    -- Of each queue at most one set is too large for what room is left.
    SELECT c.place, c.jobs, c.most - c.before AS share, span.at
    FROM counted c,
         LATERAL (
             SELECT lower(r) + (c.most - c.before) - (run.upto - (upper(r) - lower(r))) AS at
             FROM (SELECT r, sum(upper(r) - lower(r)) OVER (ORDER BY r)::bigint AS upto FROM unnest(c.jobs) AS r) AS run
             WHERE run.upto >= c.most - c.before
             ORDER BY run.upto LIMIT 1) AS span
    WHERE c.before < c.most AND c.before + c.size > c.most
), part AS (
    UPDATE ${schema}.pending p
    SET size = p.size - cut.share, jobs = p.jobs - int8multirange(int8range(NULL, cut.at))
    FROM cut
    WHERE p.ctid = cut.place
    RETURNING p.queue, p.kind, p.priority, p.attempt, p.run_at, cut.share::integer AS size,
              cut.jobs * int8multirange(int8range(NULL, cut.at)) AS jobs
), taken AS MATERIALIZED (
    SELECT queue, kind, priority, attempt, run_at, size, jobs FROM whole
    UNION ALL
    SELECT queue, kind, priority, attempt, run_at, size, jobs FROM part
), share AS MATERIALIZED (
    SELECT a.nr, t.queue, t.kind, t.priority, t.attempt, min(t.run_at) AS run_at, max(t.run_at) AS reached,
           range_agg(t.jobs) AS jobs
    FROM taken t JOIN asked a ON a.name = t.queue
    GROUP BY a.nr, t.queue, t.kind, t.priority, t.attempt
), granted AS (
    INSERT INTO ${schema}.lease (
        worker, queue, kind, priority, attempt, run_at, leased_at, deadline_at, max_attempts, suspicion, jobs)
    SELECT $1, s.queue, s.kind, s.priority, s.attempt + 1, s.run_at, now(),
           now() + terms.deadline_ms * interval '1 millisecond', terms.max_attempts, a.suspicion, s.jobs
    FROM share s
    JOIN asked a USING (nr)
    JOIN terms ON terms.nr = s.nr AND terms.kind = s.kind
    RETURNING id, queue, kind, priority, attempt
), seen AS (
    SELECT nr, count(*) AS sets, sum(size) AS seen FROM due GROUP BY nr
), reached AS (
    SELECT r.nr, array_agg((extract(epoch FROM r.reached) * 1000000)::bigint ORDER BY r.priority) AS reached_us,
           array_agg(r.priority ORDER BY r.priority) AS priorities
    FROM (SELECT nr, priority, max(reached) AS reached FROM share GROUP BY nr, priority) AS r
    GROUP BY r.nr
), leases AS (
    SELECT queue, array_agg(id) AS leases, array_agg(kind) AS lease_kinds, array_agg(priority) AS lease_priorities,
           array_agg(attempt) AS lease_attempts
    FROM granted
    GROUP BY queue
), waits AS (
    SELECT queue, array_agg((extract(epoch FROM now() - run_at) * 1000)::bigint ORDER BY priority, run_at) AS waited_ms,
           array_agg(size ORDER BY priority, run_at) AS sizes
    FROM taken
    GROUP BY queue
)
-- First a row for each queue, in the order of the queues, then a row for each job with no more than its own.
SELECT answer.at_us, answer.sets, answer.seen, answer.reached_us, answer.priorities, answer.suspected, answer.next_due_ms,
       answer.leases, answer.lease_kinds, answer.lease_priorities, answer.lease_attempts,
       answer.lease, answer.id, answer.payload, answer.headers, answer.max_attempts, answer.unique_key,
       answer.waited_ms, answer.sizes, answer.withheld_bytes
FROM (
    SELECT a.nr, (extract(epoch FROM now()) * 1000000)::bigint AS at_us, coalesce(seen.sets, 0) AS sets, seen.seen,
           reached.reached_us, reached.priorities,
           CASE WHEN a.is_open THEN
               ${include suspected_levels queue=a.name kinds=a.kinds} END AS suspected,
           CASE WHEN coalesce(seen.sets, 0) < a.sets AND coalesce(seen.seen, 0) < a.jobs THEN (
               ${include ms_until_next queue=a.name})
           END::bigint AS next_due_ms,
           leases.leases, leases.lease_kinds, leases.lease_priorities, leases.lease_attempts, waits.waited_ms, waits.sizes,
           NULL::bigint AS lease, NULL::bigint AS id, NULL::jsonb AS payload, NULL::jsonb AS headers,
           NULL::smallint AS max_attempts, NULL::text AS unique_key, NULL::smallint AS priority, NULL::timestamptz AS run_at,
           NULL::bigint AS withheld_bytes
    FROM asked a
    LEFT JOIN seen USING (nr)
    LEFT JOIN reached USING (nr)
    LEFT JOIN leases ON leases.queue = a.name
    LEFT JOIN waits ON waits.queue = a.name
    UNION ALL
    SELECT t.nr, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           t.lease, job.id, job.payload, CASE WHEN job.payload IS NOT NULL THEN job.headers END,
           job.max_attempts, job.unique_key, t.priority, t.run_at,
           CASE WHEN job.payload IS NULL THEN
               pg_column_size(job.stored) * CASE WHEN pg_column_compression(job.stored) IS NULL THEN 1::bigint ELSE 8 END
               + coalesce(pg_column_size(job.headers), 0) END
    -- The sets in the order of the answer, as in claim.sql.
    FROM (SELECT a.nr, a.bytes, g.id AS lease, t.priority, t.run_at, t.jobs
          FROM asked a
          JOIN taken t ON t.queue = a.name
          JOIN granted g ON g.queue = t.queue AND g.kind = t.kind AND g.priority = t.priority AND g.attempt = t.attempt + 1
          ORDER BY a.nr, t.priority, t.run_at, lower(t.jobs)) AS t,
         unnest(t.jobs) AS span (ids),
         LATERAL (
             ${include claimed_span bytes=t.bytes}) AS job
) AS answer
ORDER BY answer.at_us IS NULL, answer.nr, answer.priority, answer.run_at, answer.id
