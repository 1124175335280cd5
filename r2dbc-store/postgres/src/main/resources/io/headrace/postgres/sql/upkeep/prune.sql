-- Forgets the oldest tombstones whose retention is over, releases their keys, and notes which they were. When none is
-- left to forget, also forgets, some at a time: what throttles have admitted and need not remember, which as a rule they forget
-- themselves; which debounced jobs waited that no longer do, by kind and key; stack traces that no failure names; the marks of
-- engines that no failure names any more; what is recorded of jobs that are gone; and registrations of those who wait that have
-- expired.
-- $1 the retention in milliseconds, $2 how many at most, $3 where to begin: the index entries of those that are gone
-- need not be walked again, $4 and $5 beyond which kind and key to look for debounced jobs, $6 beyond which job to look for records
WITH old AS MATERIALIZED (
    -- Those that somebody is deciding about are passed by: nobody waits for a prune, and a prune for nobody.
    SELECT job FROM ${schema}.tombstone
    -- Nor does it hold its locks until it is on disk: what a crash of the server brings back is pruned again.
    WHERE (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
      AND died_at >= $3::timestamptz AND died_at < now() - $1 * interval '1 millisecond'
    ORDER BY died_at
    LIMIT $2
    FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM ${schema}.tombstone WHERE job = ANY (ARRAY(SELECT job FROM old))
    RETURNING job, died_at, state, queue, kind
), unthrottled AS (
    DELETE FROM ${schema}.throttle WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${schema}.throttle
        -- A minute late: somebody who asked before this may look only now.
        WHERE over_at <= now() - interval '1 minute' AND (SELECT count(*) FROM old) = 0
        ORDER BY over_at LIMIT 10000 FOR UPDATE SKIP LOCKED))
    RETURNING nr
), looked AS MATERIALIZED (
    SELECT d.kind, d.key, d.job, d.run_at,
           EXISTS (SELECT FROM ${schema}.pending p
                   WHERE p.queue = d.queue AND p.priority = d.priority AND p.run_at = d.run_at AND p.jobs @> d.job) AS waits
    FROM ${schema}.debounce d
    WHERE (d.kind, d.key) > ($4::text, $5::text) AND (SELECT count(*) FROM old) = 0
    ORDER BY d.kind, d.key LIMIT 10000
), undebounced AS (
    DELETE FROM ${schema}.debounce WHERE ctid = ANY (ARRAY(
        SELECT d.ctid
        FROM looked l
        JOIN ${schema}.debounce d ON d.kind = l.kind AND d.key = l.key AND d.job = l.job AND d.run_at = l.run_at
        WHERE NOT l.waits
        FOR UPDATE OF d SKIP LOCKED))
    RETURNING job
), unawaited AS (
    -- Of processes that died: few, if any, in a small table.
    DELETE FROM ${schema}.waiter WHERE expires_at <= now() AND (SELECT count(*) FROM old) = 0
), unmarked AS (
    DELETE FROM ${schema}.engine_mark WHERE worker = ANY (ARRAY(
        SELECT worker FROM ${schema}.engine_mark
        -- A day late: a job may have failed by the sweep that found its engine silent for hours.
        WHERE ended_at < now() - $1 * interval '1 millisecond' - interval '1 day' AND (SELECT count(*) FROM old) = 0
        ORDER BY ended_at LIMIT 10000 FOR UPDATE SKIP LOCKED))
), unrecorded AS MATERIALIZED (
    SELECT r.forgotten, r.reached FROM ${schema}.forget_records($6::bigint, 5000) AS r WHERE (SELECT count(*) FROM old) = 0
), noted AS (
    INSERT INTO ${schema}.pruned (at, size, state, queue, kind, jobs)
    SELECT now(), count(*), g.state, g.queue, g.kind, range_agg(int8range(g.job, g.job, '[]'))
    FROM gone g
    GROUP BY g.state, g.queue, g.kind
)
SELECT count(*) AS pruned, max(died_at) AS reached,
       -- Null when all have been looked at.
       (SELECT kind FROM looked ORDER BY kind, key OFFSET 9999) AS reached_kind,
       (SELECT key FROM looked ORDER BY kind, key OFFSET 9999) AS reached_key,
       (SELECT reached FROM unrecorded) AS reached_record,
       -- Whether there are likely to be more of them.
       (SELECT count(*) FROM unthrottled) = 10000 OR (SELECT count(*) FROM undebounced) >= 5000
           OR coalesce((SELECT forgotten >= 2500 FROM unrecorded), false)
           OR CASE (SELECT count(*) FROM old) WHEN 0 THEN ${schema}.forget_traces(100) = 100 ELSE false END AS more,
       (SELECT ${schema}.release_keys(array_agg(job)) FROM gone WHERE state = 'FAILED' HAVING count(*) > 0) AS released
FROM gone
