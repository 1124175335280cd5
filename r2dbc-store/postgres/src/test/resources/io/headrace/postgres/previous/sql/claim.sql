-- Leases due jobs of one queue, first by priority, then by when they were due.
-- $1 the worker, $2 the queue, $3-$5 the kinds and their terms (kind, max_attempts, deadline in milliseconds),
-- $6 for each priority from 0 up, where to begin: dead index entries before it need not be walked,
-- $7 how many jobs, $8 in how many sets at the most
WITH due AS MATERIALIZED (
    -- One probe a priority: before PostgreSQL 18 the index cannot skip. The probes run in order and stop at the limit.
    SELECT p.*
    FROM unnest($6::timestamptz[]) WITH ORDINALITY AS probe (floor, nr),
         LATERAL (
             SELECT s.ctid AS place, s.priority, s.run_at, s.size, s.jobs
             FROM ${schema}.pending s
             WHERE s.queue = $2 AND s.priority = (probe.nr - 1)::smallint
               AND s.run_at >= probe.floor AND s.run_at <= now()
               AND s.kind = ANY ($3::text[])
             ORDER BY s.run_at
             LIMIT $8
             FOR UPDATE SKIP LOCKED) AS p
    WHERE EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = $1 AND w.expires_at > now())
    LIMIT $8
), counted AS MATERIALIZED (
    SELECT place, size, jobs, sum(size) OVER (ORDER BY priority, run_at, place)::bigint - size AS before FROM due
), whole AS (
    -- What comes back is what was deleted: a set that somebody split since this statement's snapshot stays.
    DELETE FROM ${schema}.pending
    WHERE ctid = ANY (ARRAY(SELECT place FROM counted WHERE before + size <= $7))
    RETURNING kind, priority, attempt, alone, run_at, size, jobs
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
    RETURNING p.kind, p.priority, p.attempt, p.alone, p.run_at
), taken AS MATERIALIZED (
    SELECT kind, priority, attempt, alone, run_at, size, jobs FROM whole
    UNION ALL
    SELECT part.kind, part.priority, part.attempt, part.alone, part.run_at, cut.share,
           cut.jobs * int8multirange(int8range(NULL, cut.at))
    FROM part, cut
), share AS (
    -- A lease for each kind, priority and attempt; one of its own for each set that must be alone.
    SELECT t.kind, t.priority, t.attempt, min(t.run_at) AS run_at, max(t.run_at) AS reached,
           sum(t.size) AS size, bool_or(t.alone) AS alone, range_agg(t.jobs) AS jobs
    FROM (SELECT *, CASE WHEN alone THEN row_number() OVER () END AS own FROM taken) AS t
    GROUP BY t.kind, t.priority, t.attempt, t.own
), granted AS (
    INSERT INTO ${schema}.lease (
        worker, queue, kind, priority, attempt, run_at, leased_at, deadline_at, max_attempts, granted, alone, jobs)
    SELECT $1, $2, s.kind, s.priority, s.attempt + 1, s.run_at, now(),
           now() + terms.deadline_ms * interval '1 millisecond', terms.max_attempts, s.size, s.alone, s.jobs
    FROM share s
    JOIN unnest($3::text[], $4::integer[], $5::bigint[]) AS terms (kind, max_attempts, deadline_ms) USING (kind)
    RETURNING id, kind, priority, attempt, alone, jobs
), tally AS (
    -- Always one row, also when nothing was due.
    SELECT now() AS at, (SELECT count(*) FROM due) AS sets, (SELECT sum(size) FROM due) AS seen,
           (SELECT array_agg(r.reached ORDER BY r.priority)
            FROM (SELECT max(reached) AS reached, priority FROM share GROUP BY priority) AS r) AS reached,
           (SELECT array_agg(DISTINCT priority) FROM share) AS priorities,
           CASE WHEN (SELECT count(*) < $8 AND coalesce(sum(size), 0) < $7 FROM due) THEN (
               SELECT extract(epoch FROM min(later.run_at) - now()) * 1000
               FROM generate_series(0, 9) AS probe (priority),
                    LATERAL (
                        SELECT s.run_at FROM ${schema}.pending s
                        WHERE s.queue = $2 AND s.priority = probe.priority::smallint AND s.run_at > now()
                        ORDER BY s.run_at LIMIT 1) AS later)
           END::bigint AS next_due_ms
)
SELECT tally.at, tally.sets, tally.seen, tally.reached, tally.priorities, tally.next_due_ms,
       j.lease, j.id, j.kind, j.priority, j.attempt, j.payload, j.headers, j.max_attempts, j.unique_key
FROM tally
LEFT JOIN (
    SELECT g.id AS lease, job.id, g.kind, g.priority, g.attempt, t.run_at,
           job.payload, job.headers, job.max_attempts, job.unique_key
    FROM taken t
    JOIN granted g ON g.kind = t.kind AND g.priority = t.priority AND g.attempt = t.attempt + 1
                  AND coalesce(CASE WHEN g.alone THEN lower(g.jobs) END, -1)
                    = coalesce(CASE WHEN t.alone THEN lower(t.jobs) END, -1),
         unnest(t.jobs) AS span (ids),
         -- A claim is for 1,024 jobs at the most, and so is a span: said here, or the planner expects a ninth of the table.
         LATERAL (SELECT * FROM ${schema}.job WHERE id >= lower(span.ids) AND id < upper(span.ids) LIMIT 1024) AS job
) AS j ON true
ORDER BY j.priority, j.run_at, j.id
