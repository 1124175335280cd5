-- Takes unique keys that are free, and tells who holds the others: taken and holder, of an input with one first job for each
-- kind and key.
-- keep: until when a job keeps its key at least; null for as long as it lives
taken AS (
    -- In the order of the keys (KeyOrder's), so that of two that want the same keys one waits for the other. The index
    -- decides, not this statement's snapshot: a key that was released meanwhile is taken. Of a key that another job holds no
    -- row is locked, since that job's end needs it, and this may be a caller's transaction that stays open for long.
    INSERT INTO ${schema}.unique_key (kind, key, job, kept_until)
    SELECT i.kind, i.key, i.id, ${keep}::timestamptz
    FROM input i
    WHERE i.key IS NOT NULL AND i.is_first
    ORDER BY i.kind COLLATE "C", i.key COLLATE "C"
    ON CONFLICT (kind, key) DO NOTHING
    RETURNING job
), holder AS MATERIALIZED (
    SELECT i.kind, i.key,
           coalesce(t.job, seen.job, ${schema}.key_holder(i.kind, i.key, i.id, ${keep}::timestamptz)) AS job
    FROM input i
    LEFT JOIN taken t ON t.job = i.id
    LEFT JOIN LATERAL (
        SELECT k.job FROM ${schema}.unique_key k
        WHERE t.job IS NULL AND k.kind = i.kind AND k.key = i.key
          AND NOT EXISTS (SELECT FROM ${schema}.unreleased_key u
                          WHERE u.job = k.job AND u.free_at <= statement_timestamp())
        -- In REPEATABLE READ there may be two: one that was deleted since the snapshot, and the transaction's own.
        ORDER BY k.xmax = '0'::xid DESC
        LIMIT 1) AS seen ON true
    WHERE i.key IS NOT NULL AND i.is_first
)
