-- A job is written once and never updated, except by a debounce while it waits. What moves is a row that names a set of job ids:
-- pending -> lease -> completed, or back, or to a tombstone for each. docs/state-machine.md draws it.
-- These four tables have no CHECK constraints: a statement prepares those of its table anew at each execution, which took a third
-- of the time that a single enqueue needs. The audit finds a row that breaks the rules beside the columns.

-- Which migrations the schema has, whoever ran them. A migration that older versions of Headrace cannot work with begins a
-- new generation; all others leave the generation as it is.
CREATE TABLE ${schema}.schema_version (
    migration  text        NOT NULL PRIMARY KEY,
    generation integer     NOT NULL,
    run_at     timestamptz NOT NULL DEFAULT now()
);
INSERT INTO ${schema}.schema_version (migration, generation) VALUES ('V1__core', 1);

-- Numbers the blocks that job ids are made of: see next_block below, and io.headrace.JobId.
CREATE SEQUENCE ${schema}.block CACHE 1;

-- The first id of a new block of 1,024: 41 bits of milliseconds since 2025-01-01, 12 bits of block number, 10 zeros.
CREATE FUNCTION ${schema}.next_block() RETURNS bigint
    LANGUAGE sql VOLATILE PARALLEL UNSAFE
    RETURN (((extract(epoch FROM clock_timestamp()) * 1000)::bigint - 1735689600000) << 22)
        | ((nextval('${schema}.block') & 4095) << 10);

CREATE TABLE ${schema}.job (
    id           bigint   NOT NULL PRIMARY KEY,
    priority     smallint NOT NULL,                          -- 0 to 9
    max_attempts smallint,                                   -- at least 1
    queue        text     NOT NULL,
    kind         text     NOT NULL,
    payload      jsonb    NOT NULL,
    headers      jsonb,
    unique_key   text
) PARTITION BY RANGE (id);

CREATE TABLE ${schema}.job_default PARTITION OF ${schema}.job DEFAULT;

-- Sets of one kind that wait. Scheduled, retrying and available are one thing: run_at says which.
CREATE TABLE ${schema}.pending (
    run_at    timestamptz    NOT NULL,
    attempt   integer        NOT NULL,                       -- how many attempts have been charged
    size      integer        NOT NULL,                       -- at least 1, and 1 if it is suspected most
    priority  smallint       NOT NULL,
    suspicion smallint       NOT NULL,                       -- how many leases were lost with it in a row: 0 to 2
    queue     text           NOT NULL,
    kind      text           NOT NULL,
    jobs      int8multirange NOT NULL                        -- never empty
) WITH (
    -- Short-lived rows behind an index that every claim reads: clean up early, and at full speed.
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);
CREATE INDEX pending_due ON ${schema}.pending (queue, priority, run_at);
CREATE INDEX pending_suspected ON ${schema}.pending (queue, suspicion) WHERE suspicion > 0;
-- Nothing identifies a pending set but its content; a publication FOR ALL TABLES would refuse the deletes otherwise.
ALTER TABLE ${schema}.pending REPLICA IDENTITY FULL;

CREATE TABLE ${schema}.worker (
    id          bigint      NOT NULL PRIMARY KEY,            -- random: a sequence is set back when a dump is restored
    started_at  timestamptz NOT NULL,
    heard_at    timestamptz NOT NULL,                        -- its last heartbeat
    expires_at  timestamptz NOT NULL,
    heard_since timestamptz NOT NULL,                        -- its first heartbeat after it was last out of reach
    name        text        NOT NULL,
    queues      text[]      NOT NULL,
    idle_queues text[]      NOT NULL DEFAULT '{}',           -- where it has nothing to do and wants to be woken
    kinds       text[],                                      -- what it handles; null if it has not said so
    slots       integer[]                                    -- for each of queues, how many of its jobs run at once, or null
) WITH (fillfactor = 50);

-- When each engine started and how it ended: marks on a chart that show what a new version changed, and which version ran a job
-- that failed. Kept as long as failed jobs are.
CREATE TABLE ${schema}.engine_mark (
    worker     bigint      NOT NULL PRIMARY KEY,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,                                  -- null while it runs
    name       text        NOT NULL,
    version    text,                                         -- of the application; null if it has not said so
    ending     text        CHECK (ending IN ('STOPPED', 'SILENT')),
    CHECK ((ended_at IS NULL) = (ending IS NULL))
);
CREATE INDEX engine_mark_ended ON ${schema}.engine_mark (ended_at);

-- A worker's id as people see it: 13 characters of Crockford's base 32, see io.headrace.JobId.
CREATE FUNCTION ${schema}.worker_text(id bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((id >> (5 * n)) & 31)::integer + 1, 1), ''
                              ORDER BY n DESC)
            FROM generate_series(0, 12) AS digit (n));

-- Since when the server could be spoken to, by its own account.
CREATE FUNCTION ${schema}.up_since() RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN pg_postmaster_start_time();

-- Sets that are being run. jobs holds what still is: a settlement subtracts.
CREATE TABLE ${schema}.lease (
    id           bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    worker       bigint         NOT NULL,
    run_at       timestamptz    NOT NULL,                    -- the place that its jobs take when handed back
    leased_at    timestamptz    NOT NULL,
    deadline_at  timestamptz    NOT NULL,
    attempt      integer        NOT NULL,
    max_attempts integer        NOT NULL,
    priority     smallint       NOT NULL,
    suspicion    smallint       NOT NULL,                    -- as in pending
    queue        text           NOT NULL,
    kind         text           NOT NULL,
    jobs         int8multirange NOT NULL                     -- never empty
) WITH (
    fillfactor = 70,
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);
CREATE INDEX lease_worker ON ${schema}.lease (worker);

-- Sets that finished.
CREATE TABLE ${schema}.completed (
    at      timestamptz    NOT NULL,
    worker  bigint         NOT NULL,
    attempt integer        NOT NULL,
    size    integer        NOT NULL,
    queue   text           NOT NULL,
    kind    text           NOT NULL,
    jobs    int8multirange NOT NULL                          -- never empty
) PARTITION BY RANGE (at);
CREATE TABLE ${schema}.completed_default PARTITION OF ${schema}.completed DEFAULT;
CREATE INDEX completed_at ON ${schema}.completed USING brin (at);

-- One failed attempt each.
CREATE TABLE ${schema}.attempt_failure (
    job         bigint      NOT NULL,
    worker      bigint      NOT NULL,
    at          timestamptz NOT NULL,
    fingerprint bigint,
    attempt     integer     NOT NULL,
    trace       uuid,                                        -- see trace
    error_type  text        NOT NULL,
    message     text
) PARTITION BY RANGE (at);
CREATE TABLE ${schema}.attempt_failure_default PARTITION OF ${schema}.attempt_failure DEFAULT;
CREATE INDEX attempt_failure_job ON ${schema}.attempt_failure (job);
CREATE INDEX attempt_failure_trace ON ${schema}.attempt_failure (trace) WHERE trace IS NOT NULL;

-- The stack traces of failures, each once, by 128 bits of the SHA-256 of their text. A failure names its trace; nothing counts
-- the failures. A trace that no failure names, and that no engine has needed for a day, is deleted:
-- docs/adr/0033-fingerprints-and-traces.md.
CREATE TABLE ${schema}.trace (
    hash    uuid        NOT NULL PRIMARY KEY,
    seen_at timestamptz NOT NULL,                            -- when it was needed last, give or take an hour
    frame   text,                                            -- the line of it that tells most
    text    text        NOT NULL
);
CREATE INDEX trace_seen ON ${schema}.trace (seen_at);

-- One job each that has not completed and will not run again. Self-contained except for stack traces: its job row may go before
-- it does.
CREATE TABLE ${schema}.tombstone (
    job          bigint      NOT NULL PRIMARY KEY,
    died_at      timestamptz NOT NULL,
    fingerprint  bigint,                                     -- of the last failure
    attempt      integer     NOT NULL,
    priority     smallint    NOT NULL,
    max_attempts smallint,
    state        text        NOT NULL CHECK (state IN ('FAILED', 'CANCELLED', 'DISCARDED')),
    queue        text        NOT NULL,
    kind         text        NOT NULL,
    unique_key   text,
    payload      jsonb       NOT NULL,
    headers      jsonb,
    failures     jsonb       NOT NULL                        -- [{attempt, at, type, message, fingerprint, trace, worker}], oldest first
);

CREATE INDEX tombstone_kind ON ${schema}.tombstone (kind, job) WHERE state = 'FAILED';
CREATE INDEX tombstone_queue ON ${schema}.tombstone (queue, job) WHERE state = 'FAILED';
CREATE INDEX tombstone_fingerprint ON ${schema}.tombstone (fingerprint, job) WHERE state = 'FAILED';
CREATE INDEX tombstone_died ON ${schema}.tombstone (died_at);
-- For lists of cancelled or discarded jobs, of which there may be few among many that have failed.
CREATE INDEX tombstone_ended ON ${schema}.tombstone (state, job) WHERE state <> 'FAILED';
-- Which traces its failures name.
CREATE INDEX tombstone_trace ON ${schema}.tombstone USING gin (jsonb_path_query_array(failures, '$[*].trace'))
    WITH (fastupdate = off);

-- Deletes stack traces that no engine has needed for a day and no failure names. Looks at no more than asked for, those that were
-- needed longest ago first, and returns how many that was. Those that a failure names count as needed now, so that each is looked
-- at once a day. An engine that is about to name a trace has noted within the last hour that it is needed, and waits to note it
-- if the trace is locked here. Uses indexes, whatever the session's settings are.
CREATE FUNCTION ${schema}.forget_traces(most integer) RETURNS bigint
    LANGUAGE sql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = on SET jit = off
    AS $$
    WITH old AS MATERIALIZED (
        SELECT t.hash FROM ${schema}.trace t
        WHERE t.seen_at < now() - interval '1 day'
        ORDER BY t.seen_at LIMIT most
        FOR UPDATE SKIP LOCKED
    ), named AS MATERIALIZED (
        SELECT o.hash FROM old o
        -- One by one, by the indexes.
        WHERE EXISTS (SELECT FROM ${schema}.attempt_failure f WHERE f.trace = o.hash OFFSET 0)
           OR EXISTS (SELECT FROM ${schema}.tombstone d
                      WHERE jsonb_path_query_array(d.failures, '$[*].trace') @> to_jsonb(o.hash::text) OFFSET 0)
    ), kept AS (
        UPDATE ${schema}.trace SET seen_at = now() WHERE hash = ANY (ARRAY(SELECT hash FROM named))
    ), gone AS (
        DELETE FROM ${schema}.trace
        WHERE hash = ANY (ARRAY(SELECT hash FROM old)) AND hash <> ALL (ARRAY(SELECT hash FROM named))
    )
    SELECT count(*) FROM old
$$;

-- What the steps of jobs returned: a row each, written under the lease of its job, which makes the names of a job's steps unique
-- without an index that would. Rows go with their job: see forget_records.
CREATE TABLE ${schema}.step (
    job     bigint      NOT NULL,
    at      timestamptz NOT NULL,                            -- when it was recorded
    took_ms integer     NOT NULL,
    attempt smallint    NOT NULL,
    name    text        NOT NULL,
    value   json                                             -- null if it returned nothing
);
CREATE INDEX step_job ON ${schema}.step (job);
ALTER TABLE ${schema}.step REPLICA IDENTITY FULL;

-- How far the loops of jobs have come. Each move adds a row under the next number and deletes the one before: while an old
-- snapshot is open, those that were passed are not walked.
CREATE TABLE ${schema}.job_cursor (
    job     bigint      NOT NULL,
    nr      bigint      NOT NULL,
    at      timestamptz NOT NULL,
    attempt smallint    NOT NULL,
    value   json        NOT NULL,
    PRIMARY KEY (job, nr)
) WITH (
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);

-- Deletes what is recorded of jobs that are no longer there: they have neither a row in job nor a tombstone. Looks at no more jobs
-- than asked for, beyond one, and answers how many it forgot and where to go on: null at the end. Uses indexes, whatever the
-- session's settings are.
CREATE FUNCTION ${schema}.forget_records(beyond bigint, most integer, OUT forgotten bigint, OUT reached bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    looked  bigint[];
    gone    bigint[];
    deleted bigint;
BEGIN
    -- From each job to the next that has something, by the indexes.
    WITH RECURSIVE next (job, nr) AS (
        SELECT beyond, 0
        UNION ALL
        SELECT least((SELECT r.job FROM ${schema}.result r WHERE r.job > n.job ORDER BY r.job LIMIT 1),
                     (SELECT s.job FROM ${schema}.step s WHERE s.job > n.job ORDER BY s.job LIMIT 1),
                     (SELECT c.job FROM ${schema}.job_cursor c WHERE c.job > n.job ORDER BY c.job LIMIT 1),
                     (SELECT a.job FROM ${schema}.awaited a WHERE a.job > n.job ORDER BY a.job LIMIT 1)),
               n.nr + 1
        FROM next n WHERE n.nr < most AND n.job IS NOT NULL
    )
    SELECT array_agg(n.job) FILTER (WHERE n.nr > 0 AND n.job IS NOT NULL), max(n.job) FILTER (WHERE n.nr = most)
    INTO looked, reached FROM next n;
    forgotten := 0;
    IF looked IS NULL THEN
        -- Without a lock on the segments of job.
        RETURN;
    END IF;

    SELECT array_agg(l.job) INTO gone FROM unnest(looked) AS l (job)
    -- One by one, by the indexes.
    WHERE NOT EXISTS (SELECT FROM ${schema}.job j WHERE j.id = l.job OFFSET 0)
      AND NOT EXISTS (SELECT FROM ${schema}.tombstone t WHERE t.job = l.job OFFSET 0);
    forgotten := coalesce(cardinality(gone), 0);
    IF forgotten > 0 THEN
        DELETE FROM ${schema}.step s WHERE s.ctid = ANY (ARRAY(
            SELECT t.ctid FROM ${schema}.step t WHERE t.job = ANY (gone) LIMIT 50000));
        GET DIAGNOSTICS deleted = ROW_COUNT;
        IF deleted = 50000 THEN
            -- A job may have a thousand: the others with the next call, which looks at the same jobs.
            forgotten := most;
            reached := beyond;
            RETURN;
        END IF;
        DELETE FROM ${schema}.result r WHERE r.job = ANY (gone);
        DELETE FROM ${schema}.job_cursor c WHERE c.job = ANY (gone);
        DELETE FROM ${schema}.awaited a WHERE a.job = ANY (gone);
    END IF;
END $$;

-- Tombstones that were forgotten, their retention over: sets, so that a later question about one of them has an answer.
CREATE TABLE ${schema}.pruned (
    at    timestamptz    NOT NULL,
    size  integer        NOT NULL CHECK (size >= 1),
    state text           NOT NULL,
    queue text           NOT NULL,
    kind  text           NOT NULL,
    jobs  int8multirange NOT NULL CHECK (NOT isempty(jobs))
);

-- Leased jobs that were cancelled, until their worker has said that it heeded it, or is gone.
CREATE TABLE ${schema}.cancellation (
    worker bigint NOT NULL,
    job    bigint NOT NULL,
    PRIMARY KEY (worker, job)
);

-- Which job holds a key, from enqueue until it is completed, cancelled or let go, and not before kept_until.
CREATE TABLE ${schema}.unique_key (
    job        bigint NOT NULL,
    kind       text   NOT NULL,
    key        text   NOT NULL,
    kept_until timestamptz,                                  -- null for as long as the job lives
    PRIMARY KEY (kind, key)
);
CREATE INDEX unique_key_job ON ${schema}.unique_key (job);

-- Jobs that have ended and whose key was not released: it is kept for longer, or somebody else held a lock on its row. From
-- free_at on the key is nobody's, sweeps release it, and so does whoever asks for it.
CREATE TABLE ${schema}.unreleased_key (
    job     bigint      NOT NULL PRIMARY KEY,
    free_at timestamptz NOT NULL
);
CREATE INDEX unreleased_key_free ON ${schema}.unreleased_key (free_at);

-- The jobs that a throttle has admitted, numbered within its kind and key. They decide about the next one, until over_at.
CREATE TABLE ${schema}.throttle (
    at      timestamptz NOT NULL,
    over_at timestamptz NOT NULL,                            -- when the period for which it counts is over
    job     bigint      NOT NULL,
    nr      bigint      NOT NULL,
    oldest  bigint      NOT NULL,                            -- no lower number was remembered when this one was added
    kind    text        NOT NULL,
    key     text        NOT NULL,
    PRIMARY KEY (kind, key, nr)
);
CREATE INDEX throttle_over ON ${schema}.throttle (over_at);

-- The job that a debounce has started last, for its kind and key, and the place in pending where it was put. While it is still
-- there, an enqueue replaces what it does and puts it elsewhere: the only case in which a job is not written just once.
CREATE TABLE ${schema}.debounce (
    run_at   timestamptz NOT NULL,
    first_at timestamptz NOT NULL,                           -- when the first enqueue was for which it stands
    job      bigint      NOT NULL,
    replaced integer     NOT NULL,                           -- how many enqueues have been replaced by later ones
    priority smallint    NOT NULL,
    queue    text        NOT NULL,
    kind     text        NOT NULL,
    key      text        NOT NULL,
    PRIMARY KEY (kind, key)
) WITH (
    fillfactor = 50,
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);

-- Functions among the statements, since they need to look again while their statement is under way, and at no cost to
-- statements without keys. docs/adr/0014-busy-keys.md says more, and docs/adr/0029-uniqueness-in-time.md.

-- Who holds a key that the statement could neither take nor see, because the holder was committed after the statement's
-- snapshot: a volatile function has a snapshot of its own, except in REPEATABLE READ and SERIALIZABLE, where PostgreSQL ends
-- such a statement with 40001 before it comes to this. If the key has become free meanwhile, the new job takes it.
CREATE FUNCTION ${schema}.key_holder(wanted_kind text, wanted_key text, new_job bigint, keep_until timestamptz)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder     bigint;
    unreleased boolean;
BEGIN
    LOOP
        SELECT k.job, EXISTS (SELECT FROM ${schema}.unreleased_key u
                              WHERE u.job = k.job AND u.free_at <= statement_timestamp()) INTO holder, unreleased
        FROM ${schema}.unique_key k WHERE k.kind = wanted_kind AND k.key = wanted_key;
        IF FOUND AND NOT unreleased THEN
            RETURN holder;
        END IF;
        IF unreleased THEN
            -- The one place that waits for a foreign lock: nobody can tell this caller anything before it is gone.
            DELETE FROM ${schema}.unique_key WHERE kind = wanted_kind AND key = wanted_key AND job = holder;
            DELETE FROM ${schema}.unreleased_key WHERE job = holder;
        END IF;
        INSERT INTO ${schema}.unique_key (kind, key, job, kept_until)
        VALUES (wanted_kind, wanted_key, new_job, keep_until)
        ON CONFLICT (kind, key) DO NOTHING;
        IF FOUND THEN
            RETURN new_job;
        END IF;
    END LOOP;
END $$;

-- Leases jobs that a caller's transaction enqueues, if they are the next to run and are part of what it commits. Answers the
-- lease, or null: then they are pending as any other. What others do is seen as of now, so not in a transaction that keeps its
-- first snapshot. All times are the statement's: the transaction may have begun long before. The settings make one plan, which
-- uses indexes, whatever those of the caller's session are.
CREATE FUNCTION ${schema}.granted_lease(
    of_worker bigint, of_queue text, of_kind text, of_priority smallint, of_jobs int8multirange, most_attempts integer,
    deadline_ms bigint, handled text[], floors timestamptz[]) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    at     timestamptz := statement_timestamp();
    lease  bigint;
    nested boolean;
BEGIN
    IF current_setting('transaction_isolation') = 'read committed' THEN
        INSERT INTO ${schema}.lease (
            worker, queue, kind, priority, attempt, run_at, leased_at, deadline_at, max_attempts, suspicion, jobs)
        SELECT of_worker, of_queue, of_kind, of_priority, 1, at, at, at + deadline_ms * interval '1 millisecond',
               most_attempts, 0, of_jobs
        WHERE EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = of_worker AND w.expires_at > at)
          AND NOT EXISTS (SELECT FROM ${schema}.queue q WHERE q.name = of_queue AND q.paused_at IS NOT NULL)
          AND NOT EXISTS (
              SELECT
              FROM unnest(floors) WITH ORDINALITY AS probe (floor, nr),
                   LATERAL (
                       SELECT
                       FROM ${schema}.pending s
                       WHERE s.queue = of_queue AND s.priority = (probe.nr - 1)::smallint
                         AND s.run_at >= probe.floor AND s.run_at <= at AND s.kind = ANY (handled)
                       LIMIT 1) AS older)
        RETURNING id, xmin <> pg_current_xact_id()::xid INTO lease, nested;
        IF NOT nested THEN
            RETURN lease;
        END IF;
        -- Written by a subtransaction: if its savepoint is rolled back, the commit says nothing about these jobs.
        DELETE FROM ${schema}.lease l WHERE l.id = lease;
    END IF;
    INSERT INTO ${schema}.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
    VALUES (of_queue, of_kind, of_priority, at, 0, 0, upper(of_jobs) - lower(of_jobs), of_jobs);
    -- Others that wait on the queue; its own worker hears of the commit.
    PERFORM pg_notify('${schema}', '=' || of_queue)
    WHERE EXISTS (SELECT FROM ${schema}.worker w WHERE of_queue = ANY (w.idle_queues) AND w.id <> of_worker);
    RETURN NULL;
END $$;

-- Releases the keys of jobs that have ended, and waits for nobody: a key whose row is locked, or that is kept for longer, is
-- noted for later.
CREATE FUNCTION ${schema}.release_keys(ended bigint[]) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    released integer;
BEGIN
    DELETE FROM ${schema}.unique_key WHERE job = ANY (ARRAY(
        SELECT k.job FROM ${schema}.unique_key k
        WHERE k.job = ANY (ended) AND (k.kept_until IS NULL OR k.kept_until <= statement_timestamp())
        FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS released = ROW_COUNT;
    IF released < cardinality(ended) THEN
        INSERT INTO ${schema}.unreleased_key (job, free_at)
        SELECT k.job, coalesce(k.kept_until, '-infinity') FROM ${schema}.unique_key k WHERE k.job = ANY (ended)
        ON CONFLICT (job) DO NOTHING;
    END IF;
    RETURN released;
END $$;

-- Whether a statement is in a transaction of its caller's, with the number of that: what commits by itself says nothing of what a
-- handler has done. It is (null) if something was written before in it; otherwise the answer is ASK_AGAIN with the number of the
-- transaction, and with that number as expected, NO_TRANSACTION if it is another one now.
CREATE FUNCTION ${schema}.own_transaction(expected text, OUT what text, OUT transaction text)
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    transaction := pg_current_xact_id_if_assigned()::text;
    IF expected IS NULL AND transaction IS NULL THEN
        what := 'ASK_AGAIN';
        transaction := pg_current_xact_id()::text;
    ELSIF expected IS NOT NULL AND transaction IS DISTINCT FROM expected THEN
        what := 'NO_TRANSACTION';
    END IF;
END $$;

-- What is said of a job that is in no lease of its worker's alone: NOT_SEEN if the transaction has a snapshot that may be too old for
-- that lease.
CREATE FUNCTION ${schema}.lease_missing() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN CASE current_setting('transaction_isolation') WHEN 'read committed' THEN 'NOT_FOUND' ELSE 'NOT_SEEN' END;

-- Completes a job in a transaction of its handler's, if its worker holds it in a lease with no other: answers DONE, or what
-- own_transaction or lease_missing says.
CREATE FUNCTION ${schema}.complete_in(
    of_worker bigint, of_lease bigint, of_job bigint, keyed boolean, expected text, OUT what text, OUT transaction text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off
    SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    SELECT o.what, o.transaction INTO what, transaction FROM ${schema}.own_transaction(expected) AS o;
    IF what IS NOT NULL THEN
        RETURN;
    END IF;
    WITH gone AS (
        DELETE FROM ${schema}.lease l
        WHERE l.id = of_lease
          -- Not by the worker's index, in which each of its past leases may still have an entry.
          AND l.worker + 0 = of_worker
          AND l.jobs = int8multirange(int8range(of_job, of_job, '[]'))
        RETURNING l.queue, l.kind, l.attempt, l.jobs
    )
    INSERT INTO ${schema}.completed (at, worker, queue, kind, attempt, size, jobs)
    SELECT statement_timestamp(), of_worker, g.queue, g.kind, g.attempt, 1, g.jobs FROM gone g;
    IF NOT FOUND THEN
        what := ${schema}.lease_missing();
        RETURN;
    END IF;
    IF keyed THEN
        PERFORM ${schema}.release_keys(ARRAY[of_job]);
    END IF;
    what := 'DONE';
END $$;

-- Records a step in a transaction of its handler's, if its worker holds the job in a lease with no other: answers DONE, or ON_RECORD if
-- a step of that name is there, or what own_transaction or lease_missing says. Until the transaction has ended, statements that take
-- the job out of that lease wait or skip it. Other steps of the job do not wait.
CREATE FUNCTION ${schema}.step_in(
    of_worker bigint, of_lease bigint, of_job bigint, took integer, of_name text, returned text, expected text,
    OUT what text, OUT transaction text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    of_attempt smallint;
BEGIN
    SELECT o.what, o.transaction INTO what, transaction FROM ${schema}.own_transaction(expected) AS o;
    IF what IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT least(l.attempt, 32767) INTO of_attempt FROM ${schema}.lease l
    WHERE l.id = of_lease
      -- Not by the worker's index, in which each of its past leases may still have an entry.
      AND l.worker + 0 = of_worker
      AND l.jobs = int8multirange(int8range(of_job, of_job, '[]'))
    FOR KEY SHARE;
    IF NOT FOUND THEN
        what := ${schema}.lease_missing();
        RETURN;
    END IF;
    INSERT INTO ${schema}.step (job, at, took_ms, attempt, name, value)
    SELECT of_job, statement_timestamp(), took, of_attempt, of_name, returned::json
    -- In SERIALIZABLE, to look would make transactions of other jobs fail that write to the same page of the index. Nor is it needed:
    -- the holder of the lease has looked.
    WHERE current_setting('transaction_isolation') = 'serializable'
       OR NOT EXISTS (SELECT FROM ${schema}.step s WHERE s.job = of_job AND s.name = of_name);
    what := CASE WHEN FOUND THEN 'DONE' ELSE 'ON_RECORD' END;
END $$;

-- The new job if a throttle admits it, else the latest that it has admitted: if of those before, the one that is most back is
-- within the period. Whoever is admitted takes the next number: of two at once one waits until the transaction of the other has
-- ended, as for a unique key, and looks again. Whoever is not admitted waits for nobody.
CREATE FUNCTION ${schema}.admitted_job(
    wanted_kind text, wanted_key text, new_job bigint, most integer, period interval) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked_at   timestamptz;
    latest     bigint;
    latest_job bigint;
    lowest     bigint;
    limiting   timestamptz;
BEGIN
    LOOP
        asked_at := clock_timestamp();
        SELECT t.nr, t.job, t.oldest INTO latest, latest_job, lowest FROM ${schema}.throttle t
        WHERE t.kind = wanted_kind AND t.key = wanted_key ORDER BY t.nr DESC LIMIT 1;
        IF FOUND THEN
            -- Not below the lowest: while a session holds a snapshot, all that are gone would be walked.
            SELECT t.at INTO limiting FROM ${schema}.throttle t
            WHERE t.kind = wanted_kind AND t.key = wanted_key AND t.nr BETWEEN lowest AND latest - most + 1
            ORDER BY t.nr DESC LIMIT 1;
            IF FOUND AND limiting > asked_at - period THEN
                RETURN latest_job;
            END IF;
            -- Numbers begin anew when all are forgotten: not between this look and the insert.
            PERFORM FROM ${schema}.throttle t
            WHERE t.kind = wanted_kind AND t.key = wanted_key AND t.nr = latest FOR KEY SHARE;
            CONTINUE WHEN NOT FOUND;
            SELECT t.nr INTO lowest FROM ${schema}.throttle t
            WHERE t.kind = wanted_kind AND t.key = wanted_key AND t.nr >= lowest ORDER BY t.nr LIMIT 1;
        END IF;
        -- A snapshot that is older may miss one that has been admitted since and whose number is free again.
        IF current_setting('transaction_isolation') <> 'read committed' AND now() <= asked_at - period THEN
            RAISE EXCEPTION 'the snapshot is older than the period of the throttle' USING ERRCODE = '40001';
        END IF;
        INSERT INTO ${schema}.throttle (kind, key, nr, oldest, job, at, over_at)
        VALUES (wanted_kind, wanted_key, coalesce(latest, 0) + 1, coalesce(lowest, 1), new_job, asked_at, asked_at + period)
        ON CONFLICT (kind, key, nr) DO NOTHING;
        IF FOUND THEN
            -- The one that decided this time does not matter any more. Others may be about to look: those wait for this one.
            DELETE FROM ${schema}.throttle t
            WHERE t.kind = wanted_kind AND t.key = wanted_key AND t.nr = (
                SELECT o.nr FROM ${schema}.throttle o
                WHERE o.kind = wanted_kind AND o.key = wanted_key AND o.nr = latest - most + 1 AND o.over_at <= asked_at
                FOR UPDATE SKIP LOCKED);
            RETURN new_job;
        END IF;
    END LOOP;
END $$;

-- Of a debounce, the job that waits for its quiet time: the new one, or the one before if it still waits where it was put. Then
-- it is taken out of pending here, and becomes what the new one was to be. Either this statement deletes the pending set or a
-- claim does: who comes second finds nothing. The caller adds it to pending, and a new job to the jobs.
CREATE FUNCTION ${schema}.debounced_job(
    wanted_kind text, wanted_key text, new_job bigint, new_queue text, new_priority smallint, quiet_until timestamptz,
    at_most interval, new_payload text, new_headers text, new_max_attempts smallint, enqueues integer,
    OUT waiting bigint, OUT due_at timestamptz, OUT is_new boolean)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
    known    ${schema}.debounce;
    waited   boolean := false;
    updated  integer;
BEGIN
    waiting := new_job;
    due_at := quiet_until;
    LOOP
        SELECT d.* INTO known FROM ${schema}.debounce d
        WHERE d.kind = wanted_kind AND d.key = wanted_key FOR UPDATE SKIP LOCKED;
        EXIT WHEN FOUND;
        INSERT INTO ${schema}.debounce (kind, key, job, queue, priority, run_at, first_at, replaced)
        VALUES (wanted_kind, wanted_key, new_job, new_queue, new_priority, quiet_until, statement_timestamp(), enqueues - 1)
        ON CONFLICT (kind, key) DO NOTHING;
        IF FOUND THEN
            is_new := true;
            RETURN;
        END IF;
        waited := true;
        SELECT d.* INTO known FROM ${schema}.debounce d WHERE d.kind = wanted_kind AND d.key = wanted_key FOR UPDATE;
        EXIT WHEN FOUND;
    END LOOP;

    -- Of many at once, each takes the job over at the moment in which the one before lets go of it: no claim would ever get it.
    -- So when it is due in any case, it is left alone by those who had to wait.
    is_new := waited AND known.first_at + at_most <= clock_timestamp();
    IF NOT is_new THEN
        -- Not one that was charged, snoozed or suspected: that one has been leased, and goes its way.
        DELETE FROM ${schema}.pending p
        WHERE p.queue = known.queue AND p.priority = known.priority AND p.run_at = known.run_at
          AND p.size = 1 AND p.attempt = 0 AND p.suspicion = 0
          AND p.jobs = int8multirange(int8range(known.job, known.job, '[]'));
        is_new := NOT FOUND;
    END IF;
    IF is_new THEN
        UPDATE ${schema}.debounce d
        SET job = new_job, queue = new_queue, priority = new_priority, run_at = quiet_until,
            first_at = statement_timestamp(), replaced = enqueues - 1
        WHERE d.kind = wanted_kind AND d.key = wanted_key;
        RETURN;
    END IF;

    waiting := known.job;
    due_at := least(quiet_until, known.first_at + at_most);
    -- Planned for this job, so that no other segment is locked until a caller's transaction ends.
    EXECUTE 'UPDATE ${schema}.job SET queue = $1, priority = $2, payload = $3::jsonb, headers = $4::jsonb,'
            ' max_attempts = $5 WHERE id = $6'
        USING new_queue, new_priority, new_payload, new_headers, new_max_attempts, known.job;
    GET DIAGNOSTICS updated = ROW_COUNT;
    IF updated = 0 THEN
        RAISE EXCEPTION 'the row of the debounced job has moved to another segment since the snapshot'
            USING ERRCODE = '40001';
    END IF;
    UPDATE ${schema}.debounce d
    SET queue = new_queue, priority = new_priority, run_at = due_at, replaced = d.replaced + enqueues
    WHERE d.kind = wanted_kind AND d.key = wanted_key;
END $$;

-- The last word of each running job that has said something. It holds while the lease holds the job: whoever reads it looks
-- there, so nothing has to be deleted at the moment in which an attempt ends; docs/adr/0013-progress.md says more. Unlogged:
-- what a crash of the server forgets is said again.
CREATE UNLOGGED TABLE ${schema}.progress (
    job     bigint   NOT NULL PRIMARY KEY,
    lease   bigint   NOT NULL,
    percent smallint NOT NULL CHECK (percent BETWEEN 0 AND 100),
    message text
) WITH (
    fillfactor = 50,
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);

-- What completed jobs have answered with. A result goes with its job: see forget_records.
CREATE TABLE ${schema}.result (
    job   bigint NOT NULL PRIMARY KEY,
    value jsonb  NOT NULL
);

-- Which clients wait for the end of which jobs: for them, settlements announce it. Unlogged: what a crash of the server forgets is
-- registered again. docs/adr/0048-awaiting-the-end.md says more.
CREATE UNLOGGED TABLE ${schema}.waiter (
    job        bigint      NOT NULL,
    client     bigint      NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (job, client)
) WITH (
    fillfactor = 70,
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);

-- What people have decided about a queue; most queues have no row.
CREATE TABLE ${schema}.queue (
    name      text NOT NULL PRIMARY KEY CHECK (name <> ''),
    paused_at timestamptz                                    -- since when nothing is claimed from it
);

-- What is over goes with the segment of time that it stands in: job, completed and attempt_failure get a partition for each
-- length of time, made ahead and dropped late. docs/adr/0008-segments.md says why, and why these are functions: they make
-- and drop tables, off the path that moves jobs, for a role that owns none of them.

-- The segments there are. A DEFAULT partition has a row as well, ending at infinity: it holds what came before the first
-- segment, and the rows that outlived theirs.
CREATE TABLE ${schema}.segment (
    name          text        NOT NULL PRIMARY KEY,          -- the partition
    parent        text        NOT NULL CHECK (parent IN ('job', 'completed', 'attempt_failure')),
    starts_at     timestamptz NOT NULL,
    ends_at       timestamptz NOT NULL,
    ahead_at      timestamptz,                               -- of a DEFAULT: not before this is one made ahead
    look_at       timestamptz NOT NULL,                      -- not before this is it looked at
    said          text,                                      -- what came of the last look
    pass_until    timestamptz,                               -- of a clearing under way: what cleared_until will be,
    pass_at       bigint,                                    --   and how far it has come
    cleared_until timestamptz,                               -- of job: no row is left of what completed before this
    cleared_to    bigint,                                    -- of job's DEFAULT: as far as ids below this go
    forgotten_to  bigint,                                    -- of completed's DEFAULT: no job from this id on was forgotten
    CHECK (starts_at < ends_at)
);
INSERT INTO ${schema}.segment (name, parent, starts_at, ends_at, ahead_at, look_at)
SELECT parent || '_default', parent, '-infinity', 'infinity', '-infinity', '-infinity'
FROM unnest(ARRAY['job', 'completed', 'attempt_failure']) AS parent;

-- Completed jobs that were forgotten, by queue and kind. Only tidy writes here, under its lock.
CREATE TABLE ${schema}.total (
    queue     text   NOT NULL,
    kind      text   NOT NULL,
    completed bigint NOT NULL CHECK (completed >= 0),
    PRIMARY KEY (queue, kind)
);

-- Rows are deleted from these; a publication FOR ALL TABLES would refuse it otherwise.
ALTER TABLE ${schema}.completed_default REPLICA IDENTITY FULL;
ALTER TABLE ${schema}.attempt_failure_default REPLICA IDENTITY FULL;

-- The first id that a job enqueued at a moment can have: the inverse of what next_block does.
CREATE FUNCTION ${schema}.first_id(at timestamptz) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((extract(epoch FROM at) * 1000)::bigint - 1735689600000) << 22;

-- A segment's bound, as DDL has it.
CREATE FUNCTION ${schema}.segment_bound(of text, at timestamptz) RETURNS text
    LANGUAGE sql STABLE
    RETURN CASE of WHEN 'job' THEN ${schema}.first_id(at)::text ELSE quote_literal(at::text) END;

-- Makes a segment. The parent stays readable and writable; the DEFAULT partition is locked, and read unless a constraint
-- proves that it holds nothing of the range.
CREATE FUNCTION ${schema}.attach_segment(of text, starts timestamptz, ends timestamptz) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    leaf text := of || to_char(starts AT TIME ZONE 'UTC', '_YYYYMMDD_HH24MI');
BEGIN
    WHILE to_regclass(format('${schema}.%I', leaf)) IS NOT NULL LOOP
        leaf := leaf || 'x';                                 -- the clock was set back, or somebody keeps one for himself
    END LOOP;
    EXECUTE format('CREATE TABLE ${schema}.%I (LIKE ${schema}.%I INCLUDING ALL)', leaf, of);
    EXECUTE format('ALTER TABLE ${schema}.%I ATTACH PARTITION ${schema}.%I FOR VALUES FROM (%s) TO (%s)',
                   of, leaf, ${schema}.segment_bound(of, starts), ${schema}.segment_bound(of, ends));
    INSERT INTO ${schema}.segment (name, parent, starts_at, ends_at, look_at) VALUES (leaf, of, starts, ends, '-infinity');
    RETURN leaf;
END $$;

-- Takes back what prove_apart added.
CREATE FUNCTION ${schema}.forget_apart(of text) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    proof name;
BEGIN
    FOR proof IN SELECT conname FROM pg_constraint
                 WHERE conrelid = format('${schema}.%I', of || '_default')::regclass AND conname LIKE 'apart\_%' LOOP
        EXECUTE format('ALTER TABLE ${schema}.%I DROP CONSTRAINT %I', of || '_default', proof);
    END LOOP;
END $$;

-- Whether a DEFAULT partition is read in milliseconds.
CREATE FUNCTION ${schema}.is_small(of text) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN pg_relation_size(format('${schema}.%I', of || '_default')::regclass) <= 8 * 1024 * 1024;

-- Whether DEFAULT can be locked for as long as it takes to see that it holds nothing of a range: because it is small, or
-- because a constraint proves it. Each call is one step towards that, the next comes in another transaction: adding the
-- constraint takes a strong lock for a moment, reading the rows takes long under a weak one, and the two must not meet.
CREATE FUNCTION ${schema}.prove_apart(of text, starts timestamptz, ends timestamptz) RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    rest   text := of || '_default';
    proof  text := format('apart_%s_%s', (extract(epoch FROM starts) * 1000)::bigint, (extract(epoch FROM ends) * 1000)::bigint);
    key    text := CASE of WHEN 'job' THEN 'id' ELSE 'at' END;
    proven boolean;
BEGIN
    IF ${schema}.is_small(of) THEN
        RETURN true;
    END IF;
    SELECT convalidated INTO proven FROM pg_constraint
    WHERE conrelid = format('${schema}.%I', rest)::regclass AND conname = proof;
    IF proven IS NULL THEN
        PERFORM ${schema}.forget_apart(of);
        EXECUTE format('ALTER TABLE ${schema}.%1$I ADD CONSTRAINT %2$I CHECK (%3$I < %4$s OR %3$I >= %5$s) NOT VALID',
                       rest, proof, key, ${schema}.segment_bound(of, starts), ${schema}.segment_bound(of, ends));
    ELSIF NOT proven THEN
        EXECUTE format('ALTER TABLE ${schema}.%I VALIDATE CONSTRAINT %I', rest, proof);
    END IF;
    RETURN coalesce(proven, false);
END $$;

-- Makes the next segment of a table. It begins where the last one ends or, if that is past or near or there is none, at a
-- quarter of an hour which is far enough ahead that no row on its way to DEFAULT belongs to it; and a whole length ahead if
-- that needs a constraint, which refuses such rows: should everybody die between two steps, there is time to take it back.
CREATE FUNCTION ${schema}.make_ahead(of text, length interval, OUT what text, OUT name text)
    LANGUAGE plpgsql AS $$
DECLARE
    long   double precision := extract(epoch FROM length);
    early  timestamptz;
    starts timestamptz;
    ends   timestamptz;
BEGIN
    SELECT max(ends_at) INTO starts FROM ${schema}.segment WHERE parent = of AND ends_at < 'infinity';
    early := now() + CASE WHEN ${schema}.is_small(of) THEN interval '10 minutes' ELSE length END;
    IF starts IS NULL OR starts < early - (early - now()) / 2 THEN
        starts := to_timestamp(ceil(extract(epoch FROM early) / 900) * 900);
    END IF;
    -- Ends are multiples of the length, however starts came about.
    ends := to_timestamp(floor((extract(epoch FROM starts) + 1.5 * long) / long) * long);
    name := of || '_default';
    IF ${schema}.prove_apart(of, starts, ends) THEN
        name := ${schema}.attach_segment(of, starts, ends);
        PERFORM ${schema}.forget_apart(of);
        what := 'MADE';
    ELSE
        what := 'PROVING';
    END IF;
END $$;

-- The rows of a job or attempt_failure segment that must outlive it: of jobs that have yet to end, or that completed after $2.
-- A part of a statement, which is to see all three tables in one snapshot. $1 is the range of ids that can be in it.
CREATE FUNCTION ${schema}.kept_rows(leaf text, key text, columns text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN format(
        'FROM (SELECT jobs FROM ${schema}.pending WHERE jobs && $1'
        ' UNION ALL SELECT jobs FROM ${schema}.lease WHERE jobs && $1'
        ' UNION ALL SELECT jobs FROM ${schema}.completed WHERE at >= $2 AND jobs && $1) AS s,'
        ' unnest(s.jobs) AS r,'
        ' LATERAL (SELECT %3$s FROM ONLY ${schema}.%1$I AS t WHERE t.%2$I >= greatest(lower(r), lower($1))'
        ' AND t.%2$I < least(upper(r), upper($1)) OFFSET 0) AS kept',
        leaf, key, columns);

-- The strong lock, or lock_not_available before anybody has waited for long: whoever wants to read job meanwhile stands behind
-- it, for at most 20 ms in all. ONLY: no other segment is touched. Most readers are met at the parent, which comes first.
CREATE FUNCTION ${schema}.lock_segment(of text, leaf text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('lock_timeout', '10ms', true);
    EXECUTE format('LOCK TABLE ONLY ${schema}.%I IN ACCESS EXCLUSIVE MODE', of);
    PERFORM set_config('lock_timeout', '5ms', true);
    EXECUTE format('LOCK TABLE ONLY ${schema}.%I, ONLY ${schema}.%I IN ACCESS EXCLUSIVE MODE', leaf, of || '_default');
END $$;

-- Drops a segment of job or attempt_failure. What must outlive it moves to DEFAULT if it is little; else, if at least half of
-- the segment is over, to a smaller table in its place; else the segment stays.
CREATE FUNCTION ${schema}.drop_segment(seg ${schema}.segment, since timestamptz, pause interval) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    key      text := CASE seg.parent WHEN 'job' THEN 'id' ELSE 'job' END;
    bytes    text := CASE seg.parent WHEN 'job' THEN 'pg_column_size(t.payload)'
                                     ELSE 'coalesce(pg_column_size(t.message), 0)' END;
    compact  text := seg.name || '_c';
    mark     timestamptz := since - interval '1 minute';     -- should the database's clock have been set back
    again    timestamptz := now() + interval '45 seconds';
    first    bigint;
    last     bigint;
    span     int8range;
    few      record;
    kept     bigint;
    stored   bigint;
    answer   text;
BEGIN
    -- From here on nothing is inserted: neither late enqueues nor retries of tombstones. Reads and claims go on. An autovacuum
    -- that is at it is left to end.
    EXECUTE format('LOCK TABLE ONLY ${schema}.%I IN SHARE MODE', seg.name);

    EXECUTE format('SELECT min(%1$I), max(%1$I) FROM ONLY ${schema}.%2$I', key, seg.name) INTO first, last;
    span := CASE WHEN first IS NULL THEN 'empty' ELSE int8range(first, last, '[]') END;
    EXECUTE 'SELECT count(*) AS jobs, coalesce(sum(k.bytes), 0) AS bytes, array_agg(k.place) AS places FROM (SELECT kept.* '
        || ${schema}.kept_rows(seg.name, key, format('t.ctid AS place, %s AS bytes', bytes)) || ' LIMIT 2001) AS k'
        INTO few USING span, since;

    IF few.jobs <= 2000 AND few.bytes <= 8 * 1024 * 1024 THEN
        PERFORM ${schema}.lock_segment(seg.parent, seg.name);
        PERFORM ${schema}.forget_apart(seg.parent);
        IF few.jobs > 0 THEN
            EXECUTE format('ALTER TABLE ${schema}.%I DETACH PARTITION ${schema}.%I', seg.parent, seg.name);
            EXECUTE format('INSERT INTO ${schema}.%I SELECT * FROM ${schema}.%I WHERE ctid = ANY ($1)', seg.parent, seg.name)
                USING few.places;
            -- DEFAULT has rows now of what completed from since on. Engines with other retentions may have cleared it further.
            IF seg.parent = 'job' THEN
                UPDATE ${schema}.segment s
                SET cleared_until = CASE WHEN s.cleared_until > mark THEN mark ELSE s.cleared_until END,
                    pass_until = CASE WHEN s.pass_until > mark THEN mark ELSE s.pass_until END
                WHERE s.name = 'job_default';
            END IF;
        END IF;
        EXECUTE format('DROP TABLE ${schema}.%I', seg.name);
        DELETE FROM ${schema}.segment s WHERE s.name = seg.name;
        RETURN 'DROPPED';
    END IF;

    EXECUTE 'SELECT count(*) ' || ${schema}.kept_rows(seg.name, key, 't.' || key) INTO kept USING span, since;
    EXECUTE format('SELECT count(*) FROM ONLY ${schema}.%I', seg.name) INTO stored;
    IF kept * 2 > stored THEN
        answer := 'KEPT';
    ELSIF NOT ${schema}.prove_apart(seg.parent, seg.starts_at, seg.ends_at) THEN
        RETURN 'PROVING';
    ELSE
        again := now() + interval '10 minutes';              -- if it is all for nothing: copying is not cheap
        EXECUTE format('CREATE TABLE ${schema}.%1$I (LIKE ${schema}.%2$I INCLUDING ALL,'
                       ' CONSTRAINT in_range CHECK (%3$I >= %4$s AND %3$I < %5$s))',
                       compact, seg.parent, CASE seg.parent WHEN 'job' THEN 'id' ELSE 'at' END,
                       ${schema}.segment_bound(seg.parent, seg.starts_at), ${schema}.segment_bound(seg.parent, seg.ends_at));
        EXECUTE format('INSERT INTO ${schema}.%I SELECT kept.* ', compact) || ${schema}.kept_rows(seg.name, key, 't.*')
            USING span, since;
        PERFORM ${schema}.lock_segment(seg.parent, seg.name);
        EXECUTE format('ALTER TABLE ${schema}.%I DETACH PARTITION ${schema}.%I', seg.parent, seg.name);
        EXECUTE format('ALTER TABLE ${schema}.%I ATTACH PARTITION ${schema}.%I FOR VALUES FROM (%s) TO (%s)',
                       seg.parent, compact,
                       ${schema}.segment_bound(seg.parent, seg.starts_at), ${schema}.segment_bound(seg.parent, seg.ends_at));
        PERFORM ${schema}.forget_apart(seg.parent);
        EXECUTE format('DROP TABLE ${schema}.%I', seg.name);
        EXECUTE format('ALTER TABLE ${schema}.%I DROP CONSTRAINT in_range', compact);
        EXECUTE format('ALTER TABLE ${schema}.%I RENAME TO %I', compact, seg.name);
        answer := 'COMPACTED';
    END IF;
    IF answer = 'KEPT' AND seg.parent = 'job' THEN
        -- Less than half of it is over: that is deleted, a chunk at a time, from the next call on.
        UPDATE ${schema}.segment s SET pass_until = mark, pass_at = lower(span) WHERE s.name = seg.name;
    ELSE
        UPDATE ${schema}.segment s SET look_at = now() + pause, cleared_until = mark
        WHERE s.name = seg.name;
    END IF;
    RETURN answer;
EXCEPTION WHEN lock_not_available THEN
    UPDATE ${schema}.segment s SET look_at = again WHERE s.name = seg.name;
    RETURN 'WAITS';
END $$;

-- Deletes one chunk of what is over from a job segment that stays, or from DEFAULT. No lock is needed for it: a job that is
-- neither live nor a failed tombstone will never be live again. Failed tombstones keep the row that they have, so that a retry
-- at this moment finds it.
CREATE FUNCTION ${schema}.clear_jobs(seg ${schema}.segment, since timestamptz, pause interval) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    most  CONSTANT integer := 20000;
    upto  bigint := ${schema}.first_id(CASE seg.ends_at WHEN 'infinity' THEN since ELSE seg.ends_at END);
    -- A pass leaves what completed after the earliest since that any of its chunks had: time goes on meanwhile, and engines with
    -- other retentions may have a part in it. And a minute less, should the database's clock have been set back.
    mark  timestamptz := least(seg.pass_until, since - interval '1 minute');
    chunk record;
BEGIN
    EXECUTE format('SELECT count(*) AS jobs, min(id) AS first, max(id) AS last'
                   ' FROM (SELECT id FROM ONLY ${schema}.%I WHERE id >= $1 AND id < $2 ORDER BY id LIMIT $3) AS c', seg.name)
        INTO chunk USING coalesce(seg.pass_at, -9223372036854775808), upto, most;
    IF chunk.jobs > 0 THEN
        EXECUTE 'WITH kept AS MATERIALIZED (SELECT kept.id ' || ${schema}.kept_rows(seg.name, 'id', 't.id') || ') '
            || format('DELETE FROM ONLY ${schema}.%I AS j WHERE j.id >= lower($1) AND j.id < upper($1)'
                      ' AND NOT EXISTS (SELECT FROM kept k WHERE k.id = j.id)'
                      ' AND NOT EXISTS (SELECT FROM ${schema}.tombstone t WHERE t.job = j.id AND t.state = ''FAILED'')',
                      seg.name)
            USING int8range(chunk.first, chunk.last, '[]'), since;
    END IF;
    IF chunk.jobs = most THEN
        UPDATE ${schema}.segment s SET pass_until = mark, pass_at = chunk.last + 1 WHERE s.name = seg.name;
    ELSE
        UPDATE ${schema}.segment s
        SET pass_until = NULL, pass_at = NULL, look_at = now() + pause,
            cleared_until = mark, cleared_to = ${schema}.first_id(mark + interval '1 minute')
        WHERE s.name = seg.name;
    END IF;
    RETURN 'CLEARED';
END $$;

-- Deletes one chunk of what is over from attempt_failure's DEFAULT.
CREATE FUNCTION ${schema}.clear_failures(seg ${schema}.segment, since timestamptz, pause interval) RETURNS text
    LANGUAGE plpgsql AS $$
DECLARE
    most    CONSTANT integer := 20000;
    span    int8range;
    deleted bigint := 0;
BEGIN
    SELECT int8range(min(job), max(job), '[]') INTO span FROM ONLY ${schema}.attempt_failure_default WHERE at < since;
    IF NOT isempty(span) AND lower(span) IS NOT NULL THEN
        EXECUTE 'WITH kept AS MATERIALIZED (SELECT kept.job ' || ${schema}.kept_rows(seg.name, 'job', 't.job') || ')'
            ' DELETE FROM ONLY ${schema}.attempt_failure_default WHERE ctid = ANY (ARRAY('
            ' SELECT f.ctid FROM ONLY ${schema}.attempt_failure_default AS f'
            ' WHERE f.at < $2 AND NOT EXISTS (SELECT FROM kept k WHERE k.job = f.job) LIMIT $3))'
            USING span, since, most;
        GET DIAGNOSTICS deleted = ROW_COUNT;
    END IF;
    IF deleted < most THEN
        UPDATE ${schema}.segment s SET look_at = now() + pause WHERE s.name = seg.name;
    END IF;
    RETURN 'CLEARED';
END $$;

-- How far job is rid of what is over: no row is left of any job below an id that completed before a moment. What completed may
-- be forgotten as far as that, and no further: every row of job has its place.
CREATE FUNCTION ${schema}.cleared(OUT until timestamptz, OUT below bigint)
    LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN rest.cleared_until IS NULL THEN '-infinity'
                ELSE least(rest.cleared_until, (SELECT min(s.cleared_until) FROM ${schema}.segment s WHERE s.parent = 'job')) END,
           least(rest.cleared_to,
                 (SELECT min(${schema}.first_id(s.starts_at)) FROM ${schema}.segment s
                  WHERE s.parent = 'job' AND s.starts_at > '-infinity' AND s.cleared_until IS NULL))
    FROM ${schema}.segment rest WHERE rest.name = 'job_default'
$$;

-- Adds what a segment of completed counts to the totals and drops it.
CREATE FUNCTION ${schema}.drop_completed(seg ${schema}.segment, below bigint, OUT what text, OUT forgotten bigint)
    LANGUAGE plpgsql AS $$
DECLARE
    newest bigint;
BEGIN
    EXECUTE format('LOCK TABLE ONLY ${schema}.%I IN SHARE MODE', seg.name);
    EXECUTE format('SELECT coalesce(sum(size), 0), max(upper(jobs)) FROM ONLY ${schema}.%I', seg.name) INTO forgotten, newest;
    IF newest > below THEN
        -- It names a job that, by its id, came after: the database's clock was set back. It goes when that one has gone.
        UPDATE ${schema}.segment s SET look_at = now() + interval '10 minutes' WHERE s.name = seg.name;
        what := 'KEPT';
        forgotten := 0;
        RETURN;
    END IF;
    EXECUTE format('INSERT INTO ${schema}.total AS t (queue, kind, completed)'
                   ' SELECT queue, kind, sum(size) FROM ONLY ${schema}.%I GROUP BY queue, kind'
                   ' ON CONFLICT (queue, kind) DO UPDATE SET completed = t.completed + excluded.completed', seg.name);
    PERFORM ${schema}.lock_segment('completed', seg.name);
    EXECUTE format('DROP TABLE ${schema}.%I', seg.name);
    DELETE FROM ${schema}.segment s WHERE s.name = seg.name;
    UPDATE ${schema}.segment s SET forgotten_to = greatest(s.forgotten_to, newest) WHERE s.name = 'completed_default';
    what := 'DROPPED';
EXCEPTION WHEN lock_not_available THEN
    UPDATE ${schema}.segment s SET look_at = now() + interval '45 seconds' WHERE s.name = seg.name;
    what := 'WAITS';
    forgotten := 0;
END $$;

-- The same for one chunk of completed's DEFAULT.
CREATE FUNCTION ${schema}.clear_completed(
    seg ${schema}.segment, upto timestamptz, below bigint, pause interval, OUT what text, OUT forgotten bigint)
    LANGUAGE plpgsql AS $$
DECLARE
    most    CONSTANT integer := 20000;
    deleted bigint;
    newest  bigint;
BEGIN
    WITH gone AS (
        DELETE FROM ONLY ${schema}.completed_default WHERE ctid = ANY (ARRAY(
            SELECT c.ctid FROM ONLY ${schema}.completed_default c WHERE c.at < upto AND upper(c.jobs) <= below LIMIT most))
        RETURNING queue, kind, size, jobs
    ), counted AS (
        INSERT INTO ${schema}.total AS t (queue, kind, completed)
        SELECT queue, kind, sum(size) FROM gone GROUP BY queue, kind
        ON CONFLICT (queue, kind) DO UPDATE SET completed = t.completed + excluded.completed
    )
    SELECT count(*), coalesce(sum(size), 0), max(upper(jobs)) INTO deleted, forgotten, newest FROM gone;
    UPDATE ${schema}.segment s
    SET forgotten_to = greatest(s.forgotten_to, newest), look_at = CASE WHEN deleted < most THEN now() + pause ELSE s.look_at END
    WHERE s.name = seg.name;
    what := 'CLEARED';
END $$;

-- One step of tidying, whole or not at all; to be called until it answers IDLE, or ELSEWHERE: somebody else is at it. First it
-- makes the segments of the next two lengths, then it looks at one that is over, and says what came of it:
--   MADE       a segment ahead                        PROVING   more calls are needed for that
--   DROPPED    it is gone                             COMPACTED it is smaller
--   KEPT       too much of it is needed yet           CLEARED   rows that are over were deleted
--   WAITS      somebody reads it; at a later round    FAILED    said tells why; at a later round
-- forgotten counts the completed jobs that were added to the totals. No lock on a table is waited for longer than its
-- lock_timeout, which holds in the functions that it calls as well: who comes after stands behind whoever waits.
CREATE FUNCTION ${schema}.tidy(
    retention interval, length interval, OUT what text, OUT name text, OUT said text, OUT forgotten bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC' SET lock_timeout = '20ms' SET jit = off
    AS $$
DECLARE
    since timestamptz := now() - retention;
    pause interval := greatest(length / 4, interval '15 minutes');
    gone  record;
    seg   ${schema}.segment;
BEGIN
    what := 'IDLE';
    forgotten := 0;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE 'tidy has to see what was committed while it waited for a lock: run it in READ COMMITTED'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF NOT pg_try_advisory_xact_lock(1752523112, '${schema}'::regnamespace::oid::integer) THEN
        what := 'ELSEWHERE';
        RETURN;
    END IF;

    SELECT s.* INTO seg FROM ${schema}.segment s
    WHERE s.ahead_at <= now()
      AND NOT EXISTS (SELECT FROM ${schema}.segment l
                      WHERE l.parent = s.parent AND l.ends_at < 'infinity' AND l.ends_at >= now() + 2 * length)
    ORDER BY s.parent LIMIT 1;
    IF FOUND THEN
        BEGIN
            SELECT m.what, m.name INTO what, name FROM ${schema}.make_ahead(seg.parent, length) m;
        EXCEPTION
            WHEN lock_not_available THEN
                what := 'WAITS';
                name := seg.name;
            WHEN OTHERS THEN
                what := 'FAILED';
                name := seg.name;
                said := SQLERRM;
        END;
        IF what IN ('WAITS', 'FAILED') THEN
            UPDATE ${schema}.segment s SET ahead_at = now() + interval '45 seconds' WHERE s.name = seg.name;
        END IF;
        RETURN;
    END IF;

    SELECT * INTO gone FROM ${schema}.cleared();
    SELECT s.* INTO seg FROM ${schema}.segment s
    WHERE s.look_at <= now()
      AND (s.ends_at = 'infinity'
           OR s.ends_at <= CASE s.parent WHEN 'completed' THEN least(since, gone.until) ELSE since - length / 4 END)
    ORDER BY array_position(ARRAY['job', 'attempt_failure', 'completed'], s.parent), s.ends_at LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    name := seg.name;
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_inherits i
                       WHERE i.inhrelid = to_regclass(format('${schema}.%I', seg.name))
                         AND i.inhparent = to_regclass(format('${schema}.%I', seg.parent))) THEN
            DELETE FROM ${schema}.segment s WHERE s.name = seg.name;
            UPDATE ${schema}.segment s SET forgotten_to = greatest(s.forgotten_to, ${schema}.first_id(seg.ends_at))
            WHERE s.name = 'completed_default' AND seg.parent = 'completed';
            what := 'DROPPED';
            said := 'by somebody else';
        ELSIF seg.parent = 'completed' AND seg.ends_at = 'infinity' THEN
            SELECT c.what, c.forgotten INTO what, forgotten
            FROM ${schema}.clear_completed(seg, least(since, gone.until), gone.below, pause) c;
        ELSIF seg.parent = 'completed' THEN
            SELECT c.what, c.forgotten INTO what, forgotten FROM ${schema}.drop_completed(seg, gone.below) c;
        ELSIF seg.name = 'attempt_failure_default' THEN
            what := ${schema}.clear_failures(seg, since, pause);
        ELSIF seg.ends_at = 'infinity' OR seg.pass_until IS NOT NULL THEN
            what := ${schema}.clear_jobs(seg, since, pause);
        ELSE
            what := ${schema}.drop_segment(seg, since, pause);
        END IF;
    EXCEPTION WHEN OTHERS THEN
        what := 'FAILED';
        said := SQLERRM;
        UPDATE ${schema}.segment s SET look_at = now() + interval '10 minutes' WHERE s.name = seg.name;
    END;
    UPDATE ${schema}.segment s SET said = concat_ws(': ', tidy.what, tidy.said) WHERE s.name = tidy.name;
END $$;


-- Schedules: what each is. The row changes when people or code change it; what moves with every fire is in schedule_state.
-- docs/adr/0028-schedules.md says more.
CREATE TABLE ${schema}.schedule (
    name         text COLLATE "C" NOT NULL PRIMARY KEY CHECK (name <> ''),
    timetable    text        NOT NULL,
    zone         text        NOT NULL,
    start_at     timestamptz NOT NULL,
    jitter_ms    bigint      NOT NULL CHECK (jitter_ms >= 0),
    misfire      integer     NOT NULL CHECK (misfire >= 0),
    overlap      text        NOT NULL CHECK (overlap IN ('ALLOW', 'SKIP', 'QUEUE_ONE', 'CANCEL_RUNNING')),
    priority     smallint    NOT NULL CHECK (priority BETWEEN 0 AND 9),
    max_attempts smallint    CHECK (max_attempts >= 1),
    queue        text        NOT NULL CHECK (queue <> ''),
    kind         text        NOT NULL CHECK (kind <> ''),
    payload      jsonb,                                      -- null: each job is made by the engine that fires
    headers      jsonb,
    declaration  text,                                       -- null: no code has declared it
    declared_at  timestamptz,                                -- when an engine last said that it declares it
    overridden   boolean     NOT NULL,                       -- whether an operator has changed it since
    pruned_to    timestamptz,                                -- the latest instant whose fire was pruned
    CHECK ((declaration IS NULL) = (declared_at IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX schedule_declared ON ${schema}.schedule (declared_at) WHERE declared_at IS NOT NULL;

-- Where each schedule stands: one row each, which every write and every firing replaces under the next version.
CREATE TABLE ${schema}.schedule_state (
    schedule      text COLLATE "C" NOT NULL,
    version       bigint      NOT NULL CHECK (version >= 1),
    due_at        timestamptz,                               -- the instant that fires next
    next_at       timestamptz,                               -- when it is to be looked at
    waiting_at    timestamptz,                               -- the instant of the fire that waits
    last_at       timestamptz,
    last_job      bigint,
    fires         bigint      NOT NULL,
    passed_over   bigint      NOT NULL,
    made          boolean     NOT NULL,                      -- whether its jobs are made by the engines that declare it
    pause         text        CHECK (pause IN ('OPERATOR', 'UNDECLARED')),
    waiting_cause text        CHECK (waiting_cause IN ('DUE', 'RUN_NOW', 'BACKFILL')),
    -- The version makes it one index entry for each row version: while an old snapshot is open, the replaced ones are not
    -- walked. That a schedule has no second row is held by the key of schedule.
    PRIMARY KEY (schedule, version),
    CHECK ((waiting_at IS NULL) = (waiting_cause IS NULL))
) WITH (
    -- Every fire replaces a row: clean up early, and at full speed.
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);
CREATE INDEX schedule_due ON ${schema}.schedule_state (next_at) WHERE next_at IS NOT NULL AND pause IS NULL AND NOT made;

-- What came of each instant. Kept for a retention, also when the schedule is removed.
CREATE TABLE ${schema}.fire (
    schedule    text COLLATE "C" NOT NULL,
    at          timestamptz NOT NULL,
    fired_at    timestamptz NOT NULL,
    job         bigint,
    passed_over bigint      NOT NULL,
    cause       text        NOT NULL CHECK (cause IN ('DUE', 'RUN_NOW', 'BACKFILL')),
    outcome     text        NOT NULL CHECK (outcome IN ('ENQUEUED', 'WAITING', 'SKIPPED', 'FAILED')),
    problem     text,
    PRIMARY KEY (schedule, at)
) WITH (
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);
CREATE INDEX fire_fired ON ${schema}.fire (fired_at);

-- Decisions of operators, written before they are carried out, and in decision_answer what came of them. Rows are added and,
-- after a retention, deleted; none is updated. docs/adr/0032-the-operator-log.md says more.
CREATE TABLE ${schema}.decision (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    actor   text        NOT NULL,
    action  text        NOT NULL,
    subject text        NOT NULL
);
CREATE INDEX decision_at ON ${schema}.decision (at);

CREATE TABLE ${schema}.decision_answer (
    decision bigint NOT NULL PRIMARY KEY,
    affected bigint,                                         -- how many it changed; null if it has no count
    answer   text   NOT NULL
);

-- Bulk operations: decisions about many jobs that are carried out in chunks, each in one transaction with what it changes here.
-- docs/adr/0034-bulk-operations.md says more.
CREATE TABLE ${schema}.operation (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    expires_at  timestamptz NOT NULL,                        -- then another runner may take it over
    at_run_at   timestamptz NOT NULL,                        -- how far a cancel has come: a place in pending's index,
    runner      bigint      NOT NULL,                        -- drawn anew when it is taken over
    cursor      bigint      NOT NULL,                        --   and the first job of the set there; else the last job
    fingerprint bigint,
    before      bigint      NOT NULL,                        -- jobs from this id on were enqueued later
    done        bigint      NOT NULL,
    raced       bigint      NOT NULL,
    pruned      bigint      NOT NULL,
    at_priority smallint    NOT NULL,
    pass        smallint    NOT NULL,                        -- how often a cancel has begun again, since it raced with others
    action      text        NOT NULL CHECK (action IN ('RETRY', 'DISCARD', 'CANCEL')),
    state       text        NOT NULL CHECK (state IN ('RUNNING', 'STOPPING', 'STOPPED', 'DONE')),
    started_by  text        NOT NULL,
    kind        text,
    queue       text,
    at_queue    text        NOT NULL,
    jobs        bigint[],
    CHECK ((ended_at IS NULL) = (state IN ('RUNNING', 'STOPPING')))
) WITH (
    -- Every chunk replaces a row, and changes nothing that an index holds.
    fillfactor = 50
);
CREATE INDEX operation_open ON ${schema}.operation (id) WHERE ended_at IS NULL;

-- Signals: the first of each key. docs/adr/0047-signals.md says more.
CREATE TABLE ${schema}.signal (
    key     text COLLATE "C" NOT NULL PRIMARY KEY,
    at      timestamptz NOT NULL,
    value   jsonb,
    headers jsonb
);
CREATE INDEX signal_at ON ${schema}.signal (at, key);

-- Which job has waited for which signal, or has read one. A job waits if outcome is null and it is pending at that moment, until.
-- Goes with the job: see forget_records.
CREATE TABLE ${schema}.awaited (
    job      bigint           NOT NULL,
    since    timestamptz      NOT NULL,
    until    timestamptz      NOT NULL,
    priority smallint,
    outcome  text             CHECK (outcome IN ('SIGNALLED', 'TIMED_OUT')),
    queue    text,
    key      text COLLATE "C" NOT NULL,
    PRIMARY KEY (key, job)
);
CREATE INDEX awaited_open ON ${schema}.awaited (key, job) WHERE outcome IS NULL;
CREATE INDEX awaited_job ON ${schema}.awaited (job);

-- What is locked for a key: by a signal until its transaction ends. A settlement that lets a job wait only tries it.
CREATE FUNCTION ${schema}.signal_lock(of_key text) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN hashtextextended(('${schema}/' || of_key) COLLATE "C", 0);

-- Waits until all settlements that let jobs wait, and have begun to look for signals, have ended. Holds up none that come later.
CREATE FUNCTION ${schema}.pass_settlements() RETURNS void
    LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1752523113, '${schema}'::regnamespace::oid::integer);
    -- Gives the lock back at once, whatever happens.
    RAISE 'passed' USING ERRCODE = 'HR001';
EXCEPTION WHEN SQLSTATE 'HR001' THEN
END $$;

-- Whether a job has to wait for a signal: SIGNALLED if it has come; BUSY if somebody's transaction has sent it and is not over, so
-- that nobody can tell. Otherwise WAITS: a signal that comes now waits for this transaction before it looks for jobs that wait.
CREATE FUNCTION ${schema}.signal_state(of_key text) RETURNS text
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1752523113, '${schema}'::regnamespace::oid::integer);
    -- Held for a moment only, since a flush may have a thousand keys; in one expression, which nothing can interrupt.
    IF NOT (SELECT CASE WHEN pg_try_advisory_lock_shared(l.lock) THEN pg_advisory_unlock_shared(l.lock) ELSE false END
            FROM (SELECT ${schema}.signal_lock(of_key) AS lock OFFSET 0) AS l) THEN
        RETURN 'BUSY';
    END IF;
    RETURN CASE WHEN EXISTS (SELECT FROM ${schema}.signal s WHERE s.key = of_key) THEN 'SIGNALLED' ELSE 'WAITS' END;
END $$;

-- Sends a signal, and takes the jobs that wait for it out of pending, as sets of at most a thousand that the caller puts back.
-- The first row says whether it is the first with its key: CREATED, KNOWN if there was one, or the isolation level, if that does not show who has
-- begun to wait. patience: how long to wait for the transaction of another with this key; null for as long as it takes. The
-- settings make one plan, which uses indexes, whatever those of the caller's session are.
CREATE FUNCTION ${schema}.send_signal(of_key text, of_value jsonb, of_headers jsonb, patience text)
    RETURNS TABLE (answer text, queue text, kind text, priority smallint, attempt integer, size integer, jobs int8multirange)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off
    SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    answer := current_setting('transaction_isolation');
    IF answer <> 'read committed' THEN
        RETURN NEXT;
        RETURN;
    END IF;
    IF patience IS NOT NULL THEN
        PERFORM set_config('lock_timeout', patience, true);
    END IF;
    PERFORM pg_advisory_xact_lock(${schema}.signal_lock(of_key));
    INSERT INTO ${schema}.signal (key, at, value, headers) VALUES (of_key, statement_timestamp(), of_value, of_headers)
    ON CONFLICT (key) DO NOTHING;
    answer := CASE WHEN FOUND THEN 'CREATED' ELSE 'KNOWN' END;
    RETURN NEXT;
    IF answer = 'KNOWN' THEN
        RETURN;
    END IF;
    PERFORM ${schema}.pass_settlements();
    RETURN QUERY
    WITH waiting AS MATERIALIZED (
        SELECT p.place
        FROM ${schema}.awaited a,
             LATERAL (
                 SELECT s.ctid AS place FROM ${schema}.pending s
                 WHERE s.queue = a.queue AND s.priority = a.priority AND s.run_at = a.until AND s.jobs @> a.job AND s.size = 1
                 FOR UPDATE) AS p
        WHERE a.key = of_key AND a.outcome IS NULL
    ), taken AS (
        -- What comes back is what was deleted: one that a claim has taken since is not woken, but finds the signal.
        DELETE FROM ${schema}.pending WHERE ctid = ANY (ARRAY(SELECT place FROM waiting))
        RETURNING queue, kind, priority, attempt, lower(jobs) AS job
    ), told AS (
        UPDATE ${schema}.awaited SET outcome = 'SIGNALLED'
        WHERE key = of_key AND job = ANY (ARRAY(SELECT job FROM taken))
    ), numbered AS (
        SELECT t.*, (row_number() OVER (PARTITION BY t.queue, t.kind, t.priority, t.attempt ORDER BY t.job) - 1) / 1000 AS part
        FROM taken t
    )
    SELECT NULL, n.queue, n.kind, n.priority, n.attempt, count(*)::integer, range_agg(int8range(n.job, n.job, '[]'))
    FROM numbered n
    GROUP BY n.queue, n.kind, n.priority, n.attempt, n.part;
END $$;

-- Forgets signals that are older than a retention in milliseconds, and that no job on record has waited for or read. Looks at no
-- more than asked for, the oldest beyond a place first, and says how far it came.
CREATE FUNCTION ${schema}.forget_signals(
    retention bigint, after_at timestamptz, after_key text, most integer,
    OUT looked integer, OUT forgotten integer, OUT reached_at timestamptz, OUT reached_key text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = on SET jit = off
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    old text[];
BEGIN
    SELECT count(*), max(s.at), array_agg(s.key ORDER BY s.at, s.key) INTO looked, reached_at, old
    FROM (SELECT g.key, g.at FROM ${schema}.signal g
          WHERE (g.at, g.key) > (after_at, after_key) AND g.at < now() - retention * interval '1 millisecond'
          ORDER BY g.at, g.key LIMIT most) AS s;
    forgotten := 0;
    IF looked = 0 THEN
        RETURN;
    END IF;
    reached_key := old[looked];
    -- Locked as by a signal: a job that begins to wait now finds the key busy, and one that has begun is seen.
    old := ARRAY(SELECT k.key FROM unnest(old) AS k (key) WHERE pg_try_advisory_xact_lock(${schema}.signal_lock(k.key)));
    PERFORM ${schema}.pass_settlements();
    DELETE FROM ${schema}.signal s
    WHERE s.key = ANY (old)
      AND NOT EXISTS (SELECT FROM ${schema}.awaited a WHERE a.key = s.key OFFSET 0);
    GET DIAGNOSTICS forgotten = ROW_COUNT;
END $$;
