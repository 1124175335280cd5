-- What running jobs say of their progress, and what people have decided about queues. This migration only adds.

INSERT INTO ${schema}.schema_version (migration, generation) VALUES ('V3__progress_and_queues', 1);

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

-- What people have decided about a queue; most queues have no row.
CREATE TABLE ${schema}.queue (
    name      text NOT NULL PRIMARY KEY CHECK (name <> ''),
    paused_at timestamptz                                    -- since when nothing is claimed from it
);
