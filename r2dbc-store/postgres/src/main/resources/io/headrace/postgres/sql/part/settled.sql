-- Records the outcomes of one flush: $1-$18 as in settle.sql. held: the leases that are held, with the jobs in time and those left.
asked AS MATERIALIZED (
    SELECT a.lease, a.ids::int8multirange AS ids FROM unnest($2::bigint[], $3::text[]) AS a (lease, ids)
), held AS MATERIALIZED (
    SELECT l.id, l.queue, l.kind, l.priority, l.attempt, l.run_at, l.suspicion, l.jobs * a.ids AS won, l.jobs - a.ids AS rest
    FROM ${schema}.lease l JOIN asked a ON l.id = a.lease
    -- Not by the worker's index, in which each of its past leases may still have an entry.
    WHERE l.worker + 0 = $1
    ORDER BY l.id
    FOR UPDATE OF l
), emptied AS (
    DELETE FROM ${schema}.lease WHERE id = ANY (ARRAY(SELECT id FROM held WHERE isempty(rest)))
), shrunk AS (
    UPDATE ${schema}.lease l SET jobs = h.rest FROM held h
    WHERE l.id = h.id AND NOT isempty(h.rest) AND NOT isempty(h.won)
), finished AS (
    INSERT INTO ${schema}.completed (at, worker, queue, kind, attempt, size, jobs)
    SELECT now(), $1, s.queue, s.kind, s.attempt,
           (SELECT sum(upper(r) - lower(r)) FROM unnest(s.jobs) AS r), s.jobs
    FROM (SELECT h.queue, h.kind, h.attempt, range_agg(h.won * d.ids::int8multirange) AS jobs
          FROM unnest($4::bigint[], $5::text[]) AS d (lease, ids) JOIN held h ON h.id = d.lease
          GROUP BY h.queue, h.kind, h.attempt) AS s
    WHERE NOT isempty(s.jobs)
), sets AS (
    SELECT s.queue, s.kind, s.priority, s.run_at, s.attempt, s.suspicion,
           (SELECT sum(upper(r) - lower(r)) FROM unnest(s.jobs) AS r) AS size, s.jobs
    FROM (SELECT h.queue, h.kind, h.priority,
                 coalesce(now() + b.delay_us * interval '1 microsecond', h.run_at) AS run_at,
                 h.attempt - CASE WHEN b.charged THEN 0 ELSE 1 END AS attempt,
                 -- Whoever came to an end with an outcome is no suspect any more.
                 CASE WHEN b.delay_us IS NULL THEN h.suspicion ELSE 0 END AS suspicion,
                 range_agg(h.won * b.ids::int8multirange) AS jobs
          FROM unnest($6::bigint[], $7::text[], $8::bigint[], $9::boolean[]) AS b (lease, ids, delay_us, charged)
          JOIN held h ON h.id = b.lease
          GROUP BY 1, 2, 3, 4, 5, 6) AS s
    WHERE NOT isempty(s.jobs)
), returned AS (
    ${include pending source=sets}
    RETURNING queue, run_at
), failure AS MATERIALIZED (
    SELECT f.job, f.state, f.type, f.message, f.fingerprint, f.trace, h.queue, h.kind, h.priority, h.attempt
    FROM unnest($10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::bigint[], $16::uuid[])
        AS f (lease, job, state, type, message, fingerprint, trace)
    JOIN held h ON h.id = f.lease AND h.won @> f.job
), retried AS (
    INSERT INTO ${schema}.attempt_failure (job, worker, at, attempt, error_type, message, fingerprint, trace)
    SELECT f.job, $1, now(), f.attempt, f.type, f.message, f.fingerprint, f.trace FROM failure f WHERE f.state IS NULL
), dying AS (
    SELECT f.*, $1 AS worker FROM failure f WHERE f.state IS NOT NULL
), buried AS (
    ${include tombstone source=dying}
)
