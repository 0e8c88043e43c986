-- Runners that dial in from elsewhere. The embedded one, "local", has no row: it is the server's.
CREATE TABLE runner (
    id                uuid PRIMARY KEY,
    organization_id   uuid NOT NULL REFERENCES organization,
    name              text NOT NULL,
    description       text NOT NULL,
    type              text NOT NULL,
    labels            text[] NOT NULL,
    -- runs at one time on all its processes together; null = as many as they offer
    concurrency       integer CHECK (concurrency > 0),
    namespace         text NOT NULL,
    metadata          jsonb NOT NULL,
    managed_by        text NOT NULL,
    task_id           text NOT NULL,
    -- gets no new work
    draining          boolean NOT NULL DEFAULT false,
    -- processes that started before are to start anew
    restart_wanted_at timestamptz,
    -- as subscribers were last told
    online            boolean NOT NULL DEFAULT false,
    last_seen_at      timestamptz,
    created_by        text NOT NULL,
    updated_by        text NOT NULL,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    version           bigint NOT NULL DEFAULT 1,
    UNIQUE (organization_id, name)
);
CREATE INDEX runner_online ON runner (last_seen_at) WHERE online;

CREATE TABLE runner_token (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    runner_id       uuid NOT NULL REFERENCES runner ON DELETE CASCADE,
    -- SHA-256 of the token, which has 160 random bits
    hash            bytea NOT NULL UNIQUE,
    -- SHA-256 of the seed that the token is made from: it stands in the url of a manifest
    seed_hash       bytea NOT NULL UNIQUE,
    prefix          text NOT NULL,
    -- what it was made for
    purpose         text NOT NULL,
    created_by      text NOT NULL,
    created_at      timestamptz NOT NULL,
    -- void from then on
    expires_at      timestamptz,
    -- void from then on unless it was used before
    use_by          timestamptz,
    last_used_at    timestamptz
);
CREATE INDEX runner_token_by_runner ON runner_token (runner_id, id);

-- The processes of a runner, as they last said of themselves.
CREATE TABLE runner_process (
    runner_id       uuid NOT NULL REFERENCES runner ON DELETE CASCADE,
    -- of its state directory; a restarted process has it again
    instance        uuid NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization,
    -- one start of the program
    boot            uuid NOT NULL,
    host            text NOT NULL,
    platform        text NOT NULL,
    version         text NOT NULL,
    labels          text[] NOT NULL,
    concurrency     integer NOT NULL,
    running         integer NOT NULL,
    draining        boolean NOT NULL,
    components      jsonb NOT NULL,
    started_at      timestamptz NOT NULL,
    last_seen_at    timestamptz NOT NULL,
    PRIMARY KEY (runner_id, instance)
);

-- The embedded runner of each server.
CREATE TABLE embedded_runner (
    node         text PRIMARY KEY,
    version      text NOT NULL,
    concurrency  integer NOT NULL,
    running      integer NOT NULL,
    components   jsonb NOT NULL,
    started_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL
);
