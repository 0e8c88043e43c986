-- Where git hosts tell of pushes and pull requests.
CREATE TABLE gitops_hook (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name            text NOT NULL,
    provider        text NOT NULL CHECK (provider IN ('github', 'gitlab', 'gitea', 'git')),
    -- the only repository whose events count; empty = whichever
    repository_url  text NOT NULL,
    enabled         boolean NOT NULL,
    -- SHA-256 of the 256 random bits in the hook's url, in hex
    token_hash      text NOT NULL UNIQUE,
    -- those bits, so that the url can be shown; sealed by the vault
    token           bytea,
    -- what events are signed with; sealed by the vault
    secret          bytea,
    -- where and with what commits are told how they fared; the token is sealed by the vault
    api_url         text NOT NULL,
    api_token       bytea,
    -- in whose name runs are started: whoever made or changed it last
    owner_id        uuid NOT NULL REFERENCES app_user,
    created_by      text NOT NULL,
    updated_by      text NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         bigint NOT NULL DEFAULT 1,
    -- events in the minute (since 1970) that is counted now
    minute          bigint NOT NULL DEFAULT 0,
    minute_count    integer NOT NULL DEFAULT 0,
    UNIQUE (organization_id, name)
);

-- What they told, from before they were answered.
CREATE TABLE gitops_delivery (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    hook_id         uuid NOT NULL REFERENCES gitops_hook ON DELETE CASCADE,
    -- the sender's id of it
    delivery_id     text NOT NULL,
    event           jsonb NOT NULL,
    status          text NOT NULL CHECK (status IN ('received', 'processed', 'ignored', 'failed')),
    message         text NOT NULL,
    received_at     timestamptz NOT NULL,
    processed_at    timestamptz,
    UNIQUE (hook_id, delivery_id)
);
CREATE INDEX gitops_delivery_by_hook ON gitops_delivery (organization_id, hook_id, id DESC);
CREATE INDEX gitops_delivery_by_age ON gitops_delivery (received_at);

-- What became of it in each project that it concerns.
CREATE TABLE gitops_run (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    delivery_id     uuid NOT NULL REFERENCES gitops_delivery ON DELETE CASCADE,
    project_id      uuid NOT NULL REFERENCES project ON DELETE CASCADE,
    project_name    text NOT NULL,
    -- the run; null = it was refused, and the summary says why
    run_id          uuid,
    -- as it was when somebody last looked
    state           text NOT NULL,
    summary         text NOT NULL,
    -- the state that the git host was told of; empty = nothing yet
    reported        text NOT NULL,
    -- why the git host was not told; empty = it was, or will be
    report_error    text NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (delivery_id, project_id)
);
CREATE INDEX gitops_run_by_run ON gitops_run (run_id) WHERE run_id IS NOT NULL;
