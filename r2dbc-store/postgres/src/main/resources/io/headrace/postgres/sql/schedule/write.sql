-- Writes schedules that have the version which is named, or are new if that is 0.
-- $1-$2 name and version, $3-$14 its terms (timetable, zone, start, jitter in milliseconds, misfire, overlap, queue, kind,
-- priority, payload, headers, max_attempts), $15-$17 its declaration (text, when, whether it is overridden), $18-$22 its times
-- (pause, due_at, next_at, waiting_at, waiting_cause), $23-$27 the history of a new one (last_at, last_job, fires, passed_over,
-- pruned_to)
WITH given AS MATERIALIZED (
    SELECT *
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[], $7::integer[], $8::text[],
                $9::text[], $10::text[], $11::smallint[], $12::text[], $13::text[], $14::smallint[], $15::text[],
                $16::timestamptz[], $17::boolean[], $18::text[], $19::timestamptz[], $20::timestamptz[], $21::timestamptz[],
                $22::text[], $23::timestamptz[], $24::bigint[], $25::bigint[], $26::bigint[], $27::timestamptz[])
        AS g (name, version, timetable, zone, start_at, jitter_ms, misfire, overlap, queue, kind, priority, payload, headers,
              max_attempts, declaration, declared_at, overridden, pause, due_at, next_at, waiting_at, waiting_cause,
              last_at, last_job, fires, passed_over, pruned_to)
), created AS (
    INSERT INTO ${schema}.schedule (
        name, timetable, zone, start_at, jitter_ms, misfire, overlap, queue, kind, priority, payload, headers, max_attempts,
        declaration, declared_at, overridden, pruned_to)
    SELECT g.name, g.timetable, g.zone, g.start_at, g.jitter_ms, g.misfire, g.overlap, g.queue, g.kind, g.priority,
           g.payload::jsonb, g.headers::jsonb, g.max_attempts, g.declaration, g.declared_at, g.overridden, g.pruned_to
    FROM given g
    WHERE g.version = 0
    ORDER BY g.name COLLATE "C"
    ON CONFLICT (name) DO NOTHING
    RETURNING name
), begun AS (
    INSERT INTO ${schema}.schedule_state (
        schedule, version, pause, due_at, next_at, waiting_at, waiting_cause, made, last_at, last_job, fires, passed_over)
    -- The version begins with the time, so that no version of one of this name that was removed comes back: who has read that
    -- one comes too late.
    SELECT g.name, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, g.pause, g.due_at, g.next_at, g.waiting_at,
           g.waiting_cause, g.payload IS NULL, g.last_at, g.last_job, g.fires, g.passed_over
    FROM given g JOIN created c ON c.name = g.name
), held AS MATERIALIZED (
    -- One after the other by name, so that of two that write the same ones one waits for the other.
    SELECT o.*, s.waiting_at AS waited_at
    FROM (SELECT * FROM given g WHERE g.version > 0 ORDER BY g.name COLLATE "C") AS o,
         LATERAL (
             SELECT t.waiting_at
             FROM ${schema}.schedule_state t
             WHERE t.schedule = o.name AND t.version = o.version
             FOR UPDATE) AS s
), changed AS (
    UPDATE ${schema}.schedule d
    SET timetable = h.timetable, zone = h.zone, start_at = h.start_at, jitter_ms = h.jitter_ms, misfire = h.misfire,
        overlap = h.overlap, queue = h.queue, kind = h.kind, priority = h.priority, payload = h.payload::jsonb,
        headers = h.headers::jsonb, max_attempts = h.max_attempts, declaration = h.declaration,
        declared_at = h.declared_at, overridden = h.overridden
    FROM held h
    WHERE d.name = h.name
), moved AS (
    UPDATE ${schema}.schedule_state s
    SET version = s.version + 1, pause = h.pause, due_at = h.due_at, next_at = h.next_at, waiting_at = h.waiting_at,
        waiting_cause = h.waiting_cause, made = h.payload IS NULL
    FROM held h
    WHERE s.schedule = h.name AND s.version = h.version
    RETURNING s.schedule
), written AS (
    SELECT name FROM created UNION ALL SELECT schedule FROM moved
), awaited AS (
    -- A fire waits for as long as its schedule says so.
    INSERT INTO ${schema}.fire (schedule, at, fired_at, cause, outcome, passed_over)
    SELECT g.name, g.waiting_at, now(), g.waiting_cause, 'WAITING', 0
    FROM given g JOIN written w ON w.name = g.name
    WHERE g.waiting_at IS NOT NULL
    ON CONFLICT (schedule, at) DO NOTHING
), forgone AS (
    UPDATE ${schema}.fire f SET outcome = 'SKIPPED'
    FROM held h
    WHERE f.schedule = h.name AND f.at = h.waited_at AND f.outcome = 'WAITING'
      AND h.waited_at IS DISTINCT FROM h.waiting_at
)
SELECT w.name, (${include schedule_changed source=written}) AS told FROM written w
