-- The engines that have run lately, the latest start first. Every one that runs is among them, however long it has.
-- $1 how far back, in milliseconds
SELECT m.worker, m.name, m.version, m.started_at, m.ended_at, m.ending
FROM (
    SELECT * FROM ${schema}.engine_mark WHERE ended_at IS NULL
    UNION ALL
    SELECT * FROM ${schema}.engine_mark WHERE ended_at >= now() - $1 * interval '1 millisecond'
) AS m
ORDER BY m.started_at DESC, m.worker
LIMIT 1000
