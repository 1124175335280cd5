CREATE TABLE IF NOT EXISTS repository (
    id         uuid PRIMARY KEY,
    url        text NOT NULL UNIQUE,
    -- The last job that was enqueued for it; null only within the transaction that adds both.
    job        bigint,
    -- What the last completed job found.
    commit     text,
    files      bigint,
    lines      bigint,
    bytes      bigint,
    indexed_at timestamptz
);
