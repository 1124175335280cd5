-- Puts the jobs of expired leases back, each more suspected of the expiry than before; one that was alone is to blame.
-- A '<' before the queue in the notification: some took an old place. Two sweeps at once share the work: what one has
-- locked the other passes by.
-- $1 the worker that sweeps, $2-$3 what a failure by an expired lease is recorded as (type, fingerprint)
WITH hearing AS MATERIALIZED (
    -- While the server was down, or this worker out of reach, others could not be heard: their silence counts from here.
    SELECT greatest(${schema}.up_since(),
                    coalesce((SELECT w.heard_since FROM ${schema}.worker w WHERE w.id = $1 AND w.expires_at > now()),
                             'infinity')) AS since
), spared AS MATERIALIZED (
    -- Those who have yet to have their expiry for being heard.
    SELECT w.id FROM ${schema}.worker w, hearing WHERE hearing.since + (w.expires_at - w.heard_at) >= now()
), silent AS (
    DELETE FROM ${schema}.worker
    WHERE id = ANY (ARRAY(SELECT id FROM ${schema}.worker
                          WHERE expires_at < now() AND id <> ALL (ARRAY(SELECT id FROM spared))
                          FOR UPDATE SKIP LOCKED))
    RETURNING id, heard_at
), marked AS (
    UPDATE ${schema}.engine_mark m
    SET ended_at = (SELECT s.heard_at FROM silent s WHERE s.id = m.worker), ending = 'SILENT'
    WHERE m.worker = ANY (ARRAY(SELECT id FROM silent)) AND m.ended_at IS NULL
), unheard AS (
    DELETE FROM ${schema}.cancellation c
    WHERE c.worker = ANY (ARRAY(SELECT id FROM silent))
       OR NOT EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = c.worker)
), unsaid AS (
    -- Of a process that died before it took its word back. A row is there after its lease, so it is seen with it or not at all.
    DELETE FROM ${schema}.progress p WHERE NOT EXISTS (SELECT FROM ${schema}.lease l WHERE l.id = p.lease)
), freed AS (
    -- Keys that were locked when their jobs ended, or kept for longer: some thousands at a time.
    DELETE FROM ${schema}.unique_key WHERE job = ANY (ARRAY(
        SELECT k.job FROM ${schema}.unreleased_key u JOIN ${schema}.unique_key k ON k.job = u.job
        WHERE u.free_at <= now()
        ORDER BY u.free_at LIMIT 5000
        FOR UPDATE OF k SKIP LOCKED))
    RETURNING job
), settled AS (
    DELETE FROM ${schema}.unreleased_key WHERE job = ANY (ARRAY(
        SELECT job FROM freed
        UNION ALL
        -- Whose key is gone by whatever means. Of all that are due only the first are looked at, each by the index.
        SELECT d.job
        FROM (SELECT u.job FROM ${schema}.unreleased_key u WHERE u.free_at <= now() ORDER BY u.free_at LIMIT 10000) AS d
        WHERE NOT EXISTS (SELECT FROM ${schema}.unique_key k WHERE k.job = d.job OFFSET 0)))
), doomed AS MATERIALIZED (
    -- A lease can outlive its worker's row: a claim may have been on its way when the row went.
    SELECT l.* FROM ${schema}.lease l
    WHERE (l.deadline_at < now() AND l.worker <> ALL (ARRAY(SELECT id FROM spared)))
       OR l.worker = ANY (ARRAY(SELECT id FROM silent))
       OR NOT EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = l.worker)
    FOR UPDATE OF l SKIP LOCKED
), dissolved AS (
    DELETE FROM ${schema}.lease WHERE id = ANY (ARRAY(SELECT id FROM doomed)) RETURNING id
), mates AS (
    -- Most of them are innocent: uncharged. To be leased among few from now on, then one by one.
    SELECT d.queue, d.kind, d.priority, d.run_at, d.attempt - 1 AS attempt, d.suspicion + 1 AS suspicion,
           share.size, share.jobs
    FROM doomed d JOIN dissolved USING (id),
         LATERAL (
             SELECT sum(upper(r) - lower(r)) AS size, d.jobs AS jobs FROM unnest(d.jobs) AS r HAVING d.suspicion = 0
             UNION ALL
             SELECT 1, int8multirange(int8range(ids.id, ids.id, '[]'))
             FROM unnest(d.jobs) AS r, generate_series(lower(r), upper(r) - 1) AS ids (id)
             WHERE d.suspicion = 1) AS share
    WHERE d.suspicion < 2
), mate AS (
    ${include pending source=mates}
    RETURNING queue, run_at, size
), single AS MATERIALIZED (
    SELECT d.*, lower(d.jobs) AS job, d.attempt >= coalesce(j.max_attempts, d.max_attempts) AS is_last,
           CASE WHEN d.deadline_at < now() THEN 'the lease of ' || who.name || ' passed its deadline'
                ELSE who.name || ' fell silent while it had the job' END AS message
    FROM doomed d JOIN dissolved USING (id) JOIN ${schema}.job j ON j.id = lower(d.jobs),
         LATERAL (
             SELECT 'worker ' || ${schema}.worker_text(d.worker)
                    || coalesce((SELECT ' of engine ' || w.name FROM ${schema}.worker w WHERE w.id = d.worker), '')
                    AS name) AS who
    WHERE d.suspicion = 2
), again AS (
    SELECT s.queue, s.kind, s.priority, now() AS run_at, s.attempt, 2 AS suspicion, 1 AS size, s.jobs
    FROM single s
    WHERE NOT s.is_last
), charged AS (
    ${include pending source=again}
    RETURNING queue, run_at
), failure AS (
    INSERT INTO ${schema}.attempt_failure (job, worker, at, attempt, error_type, message, fingerprint)
    SELECT s.job, s.worker, now(), s.attempt, $2, s.message, $3
    FROM single s
    WHERE NOT s.is_last
), dying AS (
    SELECT s.job, 'FAILED' AS state, s.attempt, s.queue, s.kind, s.priority,
           $2::text AS type, s.message, $3::bigint AS fingerprint, NULL::uuid AS trace, s.worker
    FROM single s
    WHERE s.is_last
), buried AS (
    ${include tombstone source=dying}
    RETURNING job
), due AS (
    SELECT queue, run_at FROM mate UNION ALL SELECT queue, run_at FROM charged
)
SELECT (SELECT count(*) FROM silent) AS workers,
       (SELECT count(*) FROM dissolved) AS leases,
       (SELECT coalesce(sum(size), 0) FROM mate)::bigint + (SELECT count(*) FROM charged) AS returned,
       (SELECT count(*) FROM buried) AS buried,
       (SELECT count(*) FROM freed) = 5000 AS more_keys,
       EXISTS (SELECT FROM ${schema}.operation WHERE ended_at IS NULL AND expires_at < now()) AS orphans,
       (${include wake source=due mark='<' except=0 later=0}) AS woken
