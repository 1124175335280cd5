-- Ends the jobs of sets that wait and are locked: (SELECT place FROM free).
-- type, message, fingerprint: why
gone AS (
    -- What ends is what was deleted: a set that somebody split since this statement's snapshot stays.
    DELETE FROM ${schema}.pending WHERE ctid = ANY (ARRAY(SELECT place FROM free))
    RETURNING queue, kind, priority, attempt, jobs
), dying AS (
    SELECT ids.job, 'CANCELLED' AS state, g.attempt, g.queue, g.kind, g.priority,
           ${type}::text AS type, ${message}::text AS message, ${fingerprint}::bigint AS fingerprint,
           NULL::uuid AS trace, NULL::bigint AS worker
    FROM gone g, unnest(g.jobs) AS r, generate_series(lower(r), upper(r) - 1) AS ids (job)
    -- Said here, or the planner expects many more.
    LIMIT 10000
), buried AS (
    ${include tombstone source=dying}
    RETURNING job
)
