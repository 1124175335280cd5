-- The queues in which something waits, name by name down the index; a row with null at the end. In a WITH RECURSIVE.
with_pending AS (
    (SELECT queue FROM ${schema}.pending ORDER BY queue LIMIT 1)
    UNION ALL
    SELECT (SELECT p.queue FROM ${schema}.pending p WHERE p.queue > w.queue ORDER BY p.queue LIMIT 1)
    FROM with_pending w WHERE w.queue IS NOT NULL
)
