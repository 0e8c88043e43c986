-- How often a key was used in the windows that are current. All starts are seconds since 1970.
-- No foreign key: a key that goes must not hold up the counts of the others, which are written in batches.
CREATE TABLE request_count (
    key_id       uuid PRIMARY KEY,
    burst_start  bigint NOT NULL,
    burst_count  integer NOT NULL,
    minute_start bigint NOT NULL,
    minute_count integer NOT NULL,
    day_start    bigint NOT NULL,
    day_count    integer NOT NULL,
    -- what became of the last request that was counted here: a statement cannot say it in another way
    admitted     boolean NOT NULL
    -- Rows change often and never grow: room on the page lets a change stay there and touch no index.
) WITH (fillfactor = 40);

-- The server processes that work on this database now.
CREATE TABLE server_process (
    id        uuid PRIMARY KEY,
    -- the installation; it has one process at a time
    node      text NOT NULL UNIQUE,
    -- by the clock of the database
    seen_at   timestamptz NOT NULL,
    -- whether it counts requests by itself, which only a process that is alone may do
    in_memory boolean NOT NULL,
    -- number of the last batch of counts that it wrote, so that none is written twice
    batch     bigint NOT NULL
);
