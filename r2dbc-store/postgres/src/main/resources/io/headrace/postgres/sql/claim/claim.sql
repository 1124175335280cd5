-- Leases due jobs of one queue, first by priority, then by when they were due.
-- $1 the worker, $2 the queue, $3-$5 the kinds and their terms (kind, max_attempts, deadline in milliseconds),
-- $6 for each priority from 0 up, where to begin: dead index entries before it need not be walked,
-- $7 how many jobs, $8 in how many sets at most,
-- $9 of which suspicion: 0, 1, or 2 and then one job, while the worker has no other,
-- $10 up to how many stored bytes a payload comes with its job, -1 for none: what it takes as text is then bounded
WITH gate AS MATERIALIZED (
    SELECT NOT EXISTS (SELECT FROM ${schema}.queue q WHERE q.name = $2 AND q.paused_at IS NOT NULL) AS is_open
), due AS MATERIALIZED (
    -- One probe a priority: before PostgreSQL 18 the index cannot skip. The probes run in order and stop at the limit.
    SELECT p.*
    FROM unnest($6::timestamptz[]) WITH ORDINALITY AS probe (floor, nr),
         LATERAL (
             SELECT s.ctid AS place, s.priority, s.run_at, s.size, s.jobs
             FROM ${schema}.pending s
             WHERE s.queue = $2 AND s.priority = (probe.nr - 1)::smallint
               AND s.run_at >= probe.floor AND s.run_at <= now()
               AND s.kind = ANY ($3::text[]) AND s.suspicion = $9
             ORDER BY s.run_at
             LIMIT $8
             FOR UPDATE SKIP LOCKED) AS p
    -- A claim need not wait for the disk: if a crash of the server forgets it, its jobs are pending as before, and whatever
    -- its worker says of them is late. An outcome that is on disk has its claim there before it.
    WHERE (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
      AND (SELECT is_open FROM gate)
      AND EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = $1 AND w.expires_at > now())
      -- One that is lost with its worker is charged: there must be no doubt which.
      AND ($9 < 2 OR NOT EXISTS (SELECT FROM ${schema}.lease l WHERE l.worker = $1 AND l.suspicion = 2))
    LIMIT $8
), counted AS MATERIALIZED (
    SELECT place, size, jobs, sum(size) OVER (ORDER BY priority, run_at, place)::bigint - size AS before FROM due
), whole AS (
    -- What comes back is what was deleted: a set that somebody split since this statement's snapshot stays.
    DELETE FROM ${schema}.pending
    WHERE ctid = ANY (ARRAY(SELECT place FROM counted WHERE before + size <= $7))
    RETURNING kind, priority, attempt, run_at, size, jobs
), cut AS MATERIALIZED (
    -- At most one set is too large for what room is left; its first jobs are taken, up to this id.
    SELECT c.place, c.jobs, $7 - c.before AS share, span.at
    FROM counted c,
         LATERAL (
             SELECT lower(r) + ($7 - c.before) - (run.upto - (upper(r) - lower(r))) AS at
             FROM (SELECT r, sum(upper(r) - lower(r)) OVER (ORDER BY r)::bigint AS upto FROM unnest(c.jobs) AS r) AS run
             WHERE run.upto >= $7 - c.before
             ORDER BY run.upto LIMIT 1) AS span
    WHERE c.before < $7 AND c.before + c.size > $7
), part AS (
    UPDATE ${schema}.pending p
    SET size = p.size - (SELECT share FROM cut), jobs = p.jobs - int8multirange(int8range(NULL, (SELECT at FROM cut)))
    WHERE p.ctid = ANY (ARRAY(SELECT place FROM cut))
    RETURNING p.kind, p.priority, p.attempt, p.run_at
), taken AS MATERIALIZED (
    SELECT kind, priority, attempt, run_at, size, jobs FROM whole
    UNION ALL
    SELECT part.kind, part.priority, part.attempt, part.run_at, cut.share,
           cut.jobs * int8multirange(int8range(NULL, cut.at))
    FROM part, cut
), share AS (
    -- A lease for each kind, priority and attempt.
    SELECT t.kind, t.priority, t.attempt, min(t.run_at) AS run_at, max(t.run_at) AS reached, range_agg(t.jobs) AS jobs
    FROM taken t
    GROUP BY t.kind, t.priority, t.attempt
), granted AS (
    INSERT INTO ${schema}.lease (
        worker, queue, kind, priority, attempt, run_at, leased_at, deadline_at, max_attempts, suspicion, jobs)
    SELECT $1, $2, s.kind, s.priority, s.attempt + 1, s.run_at, now(),
           now() + terms.deadline_ms * interval '1 millisecond', terms.max_attempts, $9, s.jobs
    FROM share s
    JOIN unnest($3::text[], $4::integer[], $5::bigint[]) AS terms (kind, max_attempts, deadline_ms) USING (kind)
    RETURNING id, kind, priority, attempt
), tally AS (
    -- Always one row, also when nothing was due.
    -- Moments are microseconds since 1970, since a client reads numbers more cheaply.
    SELECT (extract(epoch FROM now()) * 1000000)::bigint AS at_us, (SELECT count(*) FROM due) AS sets, (SELECT sum(size) FROM due) AS seen,
           (SELECT array_agg((extract(epoch FROM r.reached) * 1000000)::bigint ORDER BY r.priority)
            FROM (SELECT max(reached) AS reached, priority FROM share GROUP BY priority) AS r) AS reached_us,
           (SELECT array_agg(DISTINCT priority) FROM share) AS priorities,
           -- Null says that the queue is paused.
           CASE WHEN (SELECT is_open FROM gate) THEN
               ${include suspected_levels queue=$2 kinds=$3::text[]} END AS suspected,
           CASE WHEN (SELECT count(*) < $8 AND coalesce(sum(size), 0) < $7 FROM due) THEN (
               ${include ms_until_next queue=$2})
           END::bigint AS next_due_ms
)
-- First a row about the claim, then a row for each job with no more than its own.
SELECT answer.at_us, answer.sets, answer.seen, answer.reached_us, answer.priorities, answer.suspected, answer.next_due_ms,
       answer.leases, answer.lease_kinds, answer.lease_priorities, answer.lease_attempts,
       answer.lease, answer.id, answer.payload, answer.headers, answer.max_attempts, answer.unique_key,
       answer.waited_ms, answer.sizes, answer.withheld_bytes
FROM (
    SELECT tally.*, l.*, w.*, NULL::bigint AS lease, NULL::bigint AS id, NULL::jsonb AS payload, NULL::jsonb AS headers,
           NULL::smallint AS max_attempts, NULL::text AS unique_key, NULL::smallint AS priority, NULL::timestamptz AS run_at,
           NULL::bigint AS withheld_bytes
    FROM tally, (SELECT array_agg(id) AS leases, array_agg(kind) AS lease_kinds, array_agg(priority) AS lease_priorities,
                        array_agg(attempt) AS lease_attempts FROM granted) AS l,
         -- How long each set had been due, in the order of the jobs below.
         (SELECT array_agg((extract(epoch FROM now() - run_at) * 1000)::bigint ORDER BY priority, run_at) AS waited_ms,
                 array_agg(size ORDER BY priority, run_at) AS sizes FROM taken) AS w
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           t.lease, job.id, job.payload, CASE WHEN job.payload IS NOT NULL THEN job.headers END,
           job.max_attempts, job.unique_key, t.priority, t.run_at,
           -- Text is often shorter than jsonb, unless that is compressed.
           CASE WHEN job.payload IS NULL THEN
               pg_column_size(job.stored) * CASE WHEN pg_column_compression(job.stored) IS NULL THEN 1::bigint ELSE 8 END
               + coalesce(pg_column_size(job.headers), 0) END
    -- The sets in the order of the answer: sorting rows that are in order already takes a tenth of the time.
    FROM (SELECT g.id AS lease, t.priority, t.run_at, t.jobs
          FROM taken t
          JOIN granted g ON g.kind = t.kind AND g.priority = t.priority AND g.attempt = t.attempt + 1
          ORDER BY t.priority, t.run_at, lower(t.jobs)) AS t,
         unnest(t.jobs) AS span (ids),
         LATERAL (
             ${include claimed_span bytes=$10}) AS job
) AS answer
ORDER BY answer.priority NULLS FIRST, answer.run_at, answer.id
