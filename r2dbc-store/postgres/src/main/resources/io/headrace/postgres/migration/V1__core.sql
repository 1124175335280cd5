-- A job is written once and never updated. What moves is a row that names a set of job ids:
-- pending -> lease -> completed, or back, or to a tombstone for each. docs/state-machine.md draws it.

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
    priority     smallint NOT NULL CHECK (priority BETWEEN 0 AND 9),
    max_attempts smallint CHECK (max_attempts >= 1),
    queue        text     NOT NULL CHECK (queue <> ''),
    kind         text     NOT NULL CHECK (kind <> ''),
    payload      jsonb    NOT NULL,
    headers      jsonb,
    unique_key   text
) PARTITION BY RANGE (id);

CREATE TABLE ${schema}.job_default PARTITION OF ${schema}.job DEFAULT;

-- Sets of one kind that wait. Scheduled, retrying and available are one thing: run_at says which.
CREATE TABLE ${schema}.pending (
    run_at    timestamptz    NOT NULL,
    attempt   integer        NOT NULL CHECK (attempt >= 0),  -- how many attempts have been charged
    size      integer        NOT NULL CHECK (size >= 1),
    priority  smallint       NOT NULL,
    suspicion smallint       NOT NULL CHECK (suspicion BETWEEN 0 AND 2), -- how many leases were lost with it in a row
    queue     text           NOT NULL,
    kind      text           NOT NULL,
    jobs      int8multirange NOT NULL CHECK (NOT isempty(jobs)),
    CHECK (size = 1 OR suspicion < 2)
) WITH (
    -- Short-lived rows behind an index that every claim reads: clean up early, and at full speed.
    autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);
CREATE INDEX pending_due ON ${schema}.pending (queue, priority, run_at);
CREATE INDEX pending_suspected ON ${schema}.pending (queue, suspicion) WHERE suspicion > 0;
-- Nothing identifies a pending set but its content; a publication FOR ALL TABLES would refuse the deletes otherwise.
ALTER TABLE ${schema}.pending REPLICA IDENTITY FULL;

CREATE TABLE ${schema}.worker (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    name       text        NOT NULL,
    queues     text[]      NOT NULL,
    waiting    text[]      NOT NULL DEFAULT '{}'             -- the queues on which it wants to be woken
) WITH (fillfactor = 50);

-- Sets that are being run. jobs holds what still is: a settlement subtracts.
CREATE TABLE ${schema}.lease (
    id           bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    worker       bigint         NOT NULL,
    run_at       timestamptz    NOT NULL,                    -- the place that its jobs take when handed back
    leased_at    timestamptz    NOT NULL,
    deadline_at  timestamptz    NOT NULL,
    attempt      integer        NOT NULL CHECK (attempt >= 1),
    max_attempts integer        NOT NULL,
    priority     smallint       NOT NULL,
    suspicion    smallint       NOT NULL,                    -- as in pending
    queue        text           NOT NULL,
    kind         text           NOT NULL,
    jobs         int8multirange NOT NULL CHECK (NOT isempty(jobs))
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
    size    integer        NOT NULL CHECK (size >= 1),
    queue   text           NOT NULL,
    kind    text           NOT NULL,
    jobs    int8multirange NOT NULL CHECK (NOT isempty(jobs))
) PARTITION BY RANGE (at);
CREATE TABLE ${schema}.completed_default PARTITION OF ${schema}.completed DEFAULT;
CREATE INDEX completed_at ON ${schema}.completed USING brin (at);

-- One failed attempt each.
CREATE TABLE ${schema}.attempt_failure (
    job        bigint      NOT NULL,
    worker     bigint      NOT NULL,
    at         timestamptz NOT NULL,
    attempt    integer     NOT NULL,
    error_type text        NOT NULL,
    message    text,
    trace      text
) PARTITION BY RANGE (at);
CREATE TABLE ${schema}.attempt_failure_default PARTITION OF ${schema}.attempt_failure DEFAULT;
CREATE INDEX attempt_failure_job ON ${schema}.attempt_failure (job);

-- One job each that ended otherwise than well, self-contained: its job row may go before it does.
CREATE TABLE ${schema}.tombstone (
    job          bigint      NOT NULL PRIMARY KEY,
    died_at      timestamptz NOT NULL,
    attempt      integer     NOT NULL,
    priority     smallint    NOT NULL,
    max_attempts smallint,
    state        text        NOT NULL CHECK (state IN ('FAILED', 'CANCELLED', 'DISCARDED')),
    queue        text        NOT NULL,
    kind         text        NOT NULL,
    unique_key   text,
    payload      jsonb       NOT NULL,
    headers      jsonb,
    failures     jsonb       NOT NULL                        -- [{attempt, at, type, message, trace}], oldest first
);

CREATE INDEX tombstone_kind ON ${schema}.tombstone (kind, job) WHERE state = 'FAILED';
CREATE INDEX tombstone_queue ON ${schema}.tombstone (queue, job) WHERE state = 'FAILED';
CREATE INDEX tombstone_died ON ${schema}.tombstone (died_at);

-- Tombstones that were forgotten, their retention over: sets, so that a later question about one of them has an answer.
CREATE TABLE ${schema}.pruned (
    at    timestamptz    NOT NULL,
    size  integer        NOT NULL CHECK (size >= 1),
    state text           NOT NULL,
    queue text           NOT NULL,
    kind  text           NOT NULL,
    jobs  int8multirange NOT NULL CHECK (NOT isempty(jobs))
);

-- Leased jobs that were cancelled, until their worker has heard of it.
CREATE TABLE ${schema}.cancellation (
    worker bigint NOT NULL,
    job    bigint NOT NULL,
    PRIMARY KEY (worker, job)
);

-- Which job holds a key, from enqueue until it is completed, cancelled or let go.
CREATE TABLE ${schema}.unique_key (
    job  bigint NOT NULL,
    kind text   NOT NULL,
    key  text   NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE INDEX unique_key_job ON ${schema}.unique_key (job);
