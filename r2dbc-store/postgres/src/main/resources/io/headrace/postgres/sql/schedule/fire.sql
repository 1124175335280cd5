-- Fires schedules, each whole or not at all: what is recorded has its job, and what has a job is recorded.
-- $1-$7 the firings (name, version or 0 for any, due_at, next_at, waiting_at, waiting_cause, passed_over),
-- $8-$13 their fires (number of the firing from 1, instant, cause, outcome, passed_over, problem),
-- $14-$21 the job of each (its number from 0, or null for none; queue, kind, priority, payload, or null for the schedule's own,
-- headers, max_attempts, unique_key), $22 the worker in whose process they are fired, 0 for none
WITH asked AS MATERIALIZED (
    SELECT f.nr, f.name, f.version = 0 AS adds,
           -- Of one that is to be fired in any version, that which this statement sees.
           CASE WHEN f.version > 0 THEN f.version
                ELSE (SELECT s.version FROM (${include schedule_state name=f.name}) AS s) END AS version,
           f.due_at, f.next_at, f.waiting_at, f.waiting_cause, f.passed_over
    FROM unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::bigint[])
        WITH ORDINALITY AS f (name, version, due_at, next_at, waiting_at, waiting_cause, passed_over, nr)
), held AS MATERIALIZED (
    SELECT a.nr, a.adds, s.schedule, s.version, s.waiting_at, s.waiting_cause
    FROM asked a,
         LATERAL (
             SELECT t.schedule, t.version, t.waiting_at, t.waiting_cause
             FROM ${schema}.schedule_state t
             WHERE t.schedule = a.name AND t.version = a.version AND (a.adds OR t.pause IS NULL)
             FOR UPDATE SKIP LOCKED) AS s
), block AS MATERIALIZED (
    SELECT ${schema}.next_block() AS first
), shot AS MATERIALIZED (
    SELECT h.schedule, s.*, block.first + s.job_nr AS job
    FROM block,
         unnest($8::integer[], $9::timestamptz[], $10::text[], $11::text[], $12::bigint[], $13::text[], $14::integer[],
                $15::text[], $16::text[], $17::smallint[], $18::text[], $19::text[], $20::smallint[], $21::text[])
             WITH ORDINALITY AS s (firing, at, cause, outcome, passed_over, problem, job_nr, queue, kind, priority, payload,
                                   headers, max_attempts, key, nr)
         JOIN held h ON h.nr = s.firing
), recorded AS (
    INSERT INTO ${schema}.fire AS f (schedule, at, fired_at, cause, outcome, passed_over, job, problem)
    SELECT s.schedule, s.at, now(), s.cause, s.outcome, s.passed_over, s.job, s.problem
    FROM shot s
    ORDER BY s.nr
    ON CONFLICT (schedule, at) DO UPDATE
    SET fired_at = now(), outcome = excluded.outcome, job = excluded.job, problem = excluded.problem
    -- One that waited comes to something. Any other is on record for good.
    WHERE f.outcome = 'WAITING'
    RETURNING schedule, at, f.xmax = '0'::xid AS is_new
), made AS MATERIALIZED (
    SELECT s.*, r.is_new FROM recorded r JOIN shot s ON s.schedule = r.schedule AND s.at = r.at
), keyed AS (
    INSERT INTO ${schema}.unique_key (kind, key, job)
    SELECT m.kind, m.key, m.job FROM made m WHERE m.job IS NOT NULL AND m.key IS NOT NULL
    -- Nobody else has such a key; one who has all the same keeps it.
    ON CONFLICT (kind, key) DO NOTHING
    RETURNING job
), written AS (
    INSERT INTO ${schema}.job (id, queue, kind, priority, payload, headers, max_attempts, unique_key)
    SELECT m.job, m.queue, m.kind, m.priority, coalesce(m.payload::jsonb, d.payload), m.headers::jsonb, m.max_attempts,
           CASE WHEN m.key IS NOT NULL AND m.job IN (SELECT k.job FROM keyed k) THEN m.key END
    FROM made m
    JOIN ${schema}.schedule d ON d.name = m.schedule
    WHERE m.job IS NOT NULL
), sets AS (
    SELECT m.queue, m.kind, m.priority, now() AS run_at, 0 AS attempt, 0 AS suspicion, count(*) AS size,
           range_agg(int8range(m.job, m.job, '[]')) AS jobs
    FROM made m
    WHERE m.job IS NOT NULL
    GROUP BY m.queue, m.kind, m.priority
), queued AS (
    ${include pending source=sets}
    RETURNING queue, run_at
), tally AS MATERIALIZED (
    SELECT m.firing, array_agg(m.nr::integer) AS shots, array_agg(m.at) AS instants, count(*) FILTER (WHERE m.is_new) AS fires,
           array_agg(m.at) FILTER (WHERE m.outcome = 'WAITING') AS waiting,
           max(m.at) FILTER (WHERE m.cause <> 'BACKFILL') AS last_at,
           (array_agg(m.job ORDER BY m.nr DESC) FILTER (WHERE m.job IS NOT NULL AND m.cause <> 'BACKFILL'))[1] AS last_job
    FROM made m
    GROUP BY m.firing
), standing AS MATERIALIZED (
    SELECT h.schedule, h.version, h.adds, a.due_at, a.next_at, a.passed_over, t.fires, t.last_at, t.last_job,
           h.waiting_at AS waited_at, t.instants, w.at AS waiting_at, CASE WHEN w.at IS NOT NULL THEN w.cause END AS waiting_cause
    FROM held h
    JOIN asked a ON a.nr = h.nr
    LEFT JOIN tally t ON t.firing = h.nr,
         LATERAL (SELECT CASE WHEN h.adds THEN h.waiting_at ELSE a.waiting_at END AS at,
                         CASE WHEN h.adds THEN h.waiting_cause ELSE a.waiting_cause END AS cause) AS wanted,
         -- A fire waits if it is recorded so now, or was and nothing has come of it.
         LATERAL (SELECT wanted.cause,
                         CASE WHEN wanted.at = ANY (t.waiting)
                                   OR (wanted.at = h.waiting_at AND wanted.at <> ALL (coalesce(t.instants, '{}')))
                              THEN wanted.at END AS at) AS w
), moved AS (
    UPDATE ${schema}.schedule_state s
    -- Whoever has read that a fire waits comes too late when it waits no longer.
    SET version = CASE WHEN p.adds AND p.waiting_at IS NOT DISTINCT FROM p.waited_at THEN s.version ELSE s.version + 1 END,
        due_at = CASE WHEN p.adds THEN s.due_at ELSE p.due_at END,
        next_at = CASE WHEN p.adds THEN s.next_at ELSE p.next_at END,
        waiting_at = p.waiting_at,
        waiting_cause = p.waiting_cause,
        last_at = greatest(s.last_at, p.last_at),
        last_job = coalesce(p.last_job, s.last_job),
        fires = s.fires + coalesce(p.fires, 0),
        passed_over = s.passed_over + p.passed_over
    FROM standing p
    WHERE s.schedule = p.schedule AND s.version = p.version
), forgone AS (
    -- A fire waits for as long as its schedule says so.
    UPDATE ${schema}.fire f SET outcome = 'SKIPPED'
    FROM standing p
    WHERE f.schedule = p.schedule AND f.at = p.waited_at AND f.outcome = 'WAITING'
      AND p.waited_at IS DISTINCT FROM p.waiting_at AND p.waited_at <> ALL (coalesce(p.instants, '{}'))
)
SELECT h.nr, block.first, tally.shots, (${include wake source=queued mark='=' except=$22 later=0}) AS woken
FROM held h CROSS JOIN block LEFT JOIN tally ON tally.firing = h.nr
