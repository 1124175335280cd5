-- Puts the jobs of expired leases back, each more suspected of the expiry than before; one that was alone is to blame.
-- A '<' before the queue in the notification: some took an old place. Two sweeps at once share the work: what one has
-- locked the other passes by.
-- $1 the worker that sweeps
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
    RETURNING id
), unheard AS (
    DELETE FROM ${schema}.cancellation c
    WHERE c.worker = ANY (ARRAY(SELECT id FROM silent))
       OR NOT EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = c.worker)
), unsaid AS (
    -- Of a process that died before it took its word back. A row is there after its lease, so it is seen with it or not at all.
    DELETE FROM ${schema}.progress p WHERE NOT EXISTS (SELECT FROM ${schema}.lease l WHERE l.id = p.lease)
), freed AS (
    -- Keys that were locked when their jobs ended.
    DELETE FROM ${schema}.unique_key WHERE job = ANY (ARRAY(
        SELECT k.job FROM ${schema}.unique_key k JOIN ${schema}.unreleased_key u ON u.job = k.job
        FOR UPDATE OF k SKIP LOCKED))
    RETURNING job
), settled AS (
    DELETE FROM ${schema}.unreleased_key u
    WHERE u.job = ANY (ARRAY(SELECT job FROM freed))
       OR NOT EXISTS (SELECT FROM ${schema}.unique_key k WHERE k.job = u.job)
), doomed AS MATERIALIZED (
    -- A lease can outlive its worker's row: a claim may have been on its way when the row went.
    SELECT l.* FROM ${schema}.lease l
    WHERE (l.deadline_at < now() AND l.worker <> ALL (ARRAY(SELECT id FROM spared)))
       OR l.worker = ANY (ARRAY(SELECT id FROM silent))
       OR NOT EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = l.worker)
    FOR UPDATE OF l SKIP LOCKED
), dissolved AS (
    DELETE FROM ${schema}.lease WHERE id = ANY (ARRAY(SELECT id FROM doomed)) RETURNING id
), mate AS (
    -- Most of them are innocent: uncharged. To be leased among few from now on, then one by one.
    INSERT INTO ${schema}.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
    SELECT d.queue, d.kind, d.priority, d.run_at, d.attempt - 1, d.suspicion + 1, share.size, share.jobs
    FROM doomed d JOIN dissolved USING (id),
         LATERAL (
             SELECT sum(upper(r) - lower(r)) AS size, d.jobs AS jobs FROM unnest(d.jobs) AS r HAVING d.suspicion = 0
             UNION ALL
             SELECT 1, int8multirange(int8range(ids.id, ids.id, '[]'))
             FROM unnest(d.jobs) AS r, generate_series(lower(r), upper(r) - 1) AS ids (id)
             WHERE d.suspicion = 1) AS share
    WHERE d.suspicion < 2
    RETURNING queue, size
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
), charged AS (
    INSERT INTO ${schema}.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
    SELECT s.queue, s.kind, s.priority, now(), s.attempt, 2, 1, s.jobs FROM single s WHERE NOT s.is_last
    RETURNING queue
), failure AS (
    INSERT INTO ${schema}.attempt_failure (job, worker, at, attempt, error_type, message)
    SELECT s.job, s.worker, now(), s.attempt, 'io.headrace.LeaseExpired', s.message
    FROM single s
    WHERE NOT s.is_last
), buried AS (
    INSERT INTO ${schema}.tombstone (
        job, died_at, state, attempt, queue, kind, priority, max_attempts, unique_key, payload, headers, failures)
    SELECT s.job, now(), 'FAILED', s.attempt, s.queue, s.kind, s.priority,
           j.max_attempts, j.unique_key, j.payload, j.headers,
           coalesce(e.earlier, '[]') || jsonb_build_object(
               'attempt', s.attempt, 'at', now(), 'type', 'io.headrace.LeaseExpired',
               'message', s.message)
    FROM single s
    JOIN ${schema}.job j ON j.id = s.job
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('attempt', p.attempt, 'at', p.at, 'type', p.error_type,
                                            'message', p.message, 'trace', p.trace) ORDER BY p.at, p.attempt) AS earlier
        FROM ${schema}.attempt_failure p WHERE p.job = s.job) AS e ON true
    WHERE s.is_last
    RETURNING job
)
SELECT (SELECT count(*) FROM silent) AS workers,
       (SELECT count(*) FROM dissolved) AS leases,
       (SELECT coalesce(sum(size), 0) FROM mate)::bigint + (SELECT count(*) FROM charged) AS returned,
       (SELECT count(*) FROM buried) AS buried,
       (SELECT count(pg_notify('${schema}', '<' || due.queue))
        FROM (SELECT queue FROM mate UNION SELECT queue FROM charged) AS due
        WHERE EXISTS (SELECT FROM ${schema}.worker w WHERE due.queue = ANY (w.waiting))) AS woken
