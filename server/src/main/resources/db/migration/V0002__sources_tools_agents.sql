CREATE TABLE source (
    id               uuid PRIMARY KEY,
    organization_id  uuid NOT NULL REFERENCES organization,
    name             text NOT NULL,
    type             text NOT NULL CHECK (type IN ('git', 'zip', 'inline', 'local', 'mcp')),
    -- null for sources without a place: zip and inline
    url              text,
    branch           text,
    commit           text,
    status           text NOT NULL CHECK (status IN ('active', 'syncing', 'failed')),
    -- the server process that syncs now; a syncing source whose process is gone has failed
    syncing_on       text,
    runner           text NOT NULL,
    dynamic_config   jsonb NOT NULL,
    inline_tools     jsonb NOT NULL,
    inline_workflows jsonb NOT NULL,
    workflows        jsonb NOT NULL,
    errors           jsonb NOT NULL,
    metadata         jsonb NOT NULL,
    managed_by       text NOT NULL,
    task_id          text NOT NULL,
    created_by       text NOT NULL,
    updated_by       text NOT NULL,
    last_synced_at   timestamptz,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);
CREATE INDEX source_by_organization ON source (organization_id, id);
CREATE INDEX source_by_name ON source (organization_id, name);

CREATE TABLE tool (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    source_id       uuid NOT NULL REFERENCES source ON DELETE CASCADE,
    name            text NOT NULL,
    description     text NOT NULL,
    definition      jsonb NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    search          tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', replace(replace(name, '_', ' '), '-', ' ')), 'A')
        || setweight(to_tsvector('english', description), 'B')) STORED,
    UNIQUE (source_id, name)
);
CREATE INDEX tool_by_name ON tool (organization_id, name);
CREATE INDEX tool_by_search ON tool USING gin (search);

CREATE TABLE agent (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name            text NOT NULL,
    definition      jsonb NOT NULL,
    created_by      text NOT NULL,
    updated_by      text NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE INDEX agent_by_organization ON agent (organization_id, id);
CREATE INDEX agent_by_name ON agent (organization_id, name);
CREATE INDEX agent_by_source ON agent USING gin ((definition -> 'sources'));
