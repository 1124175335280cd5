-- Notes which schedules are still declared, and pauses those that nobody has declared for long.
-- $1 those that the caller declares, $2 for how long nobody has, in milliseconds
WITH asked AS MATERIALIZED (
    SELECT now() - $2 * interval '1 millisecond' AS silent_since,
           -- A row that was touched a moment ago is left alone.
           now() - least($2 / 4, 600000) * interval '1 millisecond' AS touched_before
), declared AS (
    SELECT d.name FROM ${schema}.schedule d
    WHERE d.name = ANY ($1::text[]) AND d.declared_at <= (SELECT touched_before FROM asked)
    ORDER BY d.name
    FOR UPDATE SKIP LOCKED
), touched AS (
    UPDATE ${schema}.schedule SET declared_at = now() WHERE name = ANY (ARRAY(SELECT name FROM declared))
), silent AS MATERIALIZED (
    SELECT d.name FROM ${schema}.schedule d
    WHERE d.declared_at < (SELECT silent_since FROM asked) AND d.name <> ALL ($1::text[])
    FOR UPDATE SKIP LOCKED
), held AS MATERIALIZED (
    SELECT h.place
    FROM silent,
         LATERAL (SELECT s.version FROM (${include schedule_state name=silent.name}) AS s) AS seen,
         LATERAL (
             SELECT t.ctid AS place FROM ${schema}.schedule_state t
             WHERE t.schedule = silent.name AND t.version = seen.version AND t.pause IS NULL
             FOR UPDATE SKIP LOCKED) AS h
), paused AS (
    -- One that was replaced since this statement's snapshot is not found, and will be the next time.
    UPDATE ${schema}.schedule_state SET version = version + 1, pause = 'UNDECLARED', next_at = NULL
    WHERE ctid = ANY (ARRAY(SELECT place FROM held))
    RETURNING schedule
)
SELECT p.schedule AS name, (${include schedule_changed source=paused}) AS told FROM paused p
