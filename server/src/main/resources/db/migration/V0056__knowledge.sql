-- What an organisation knows. The texts are in knowledge_version, the current one among them.
CREATE TABLE knowledge (
    id                      uuid PRIMARY KEY,
    organization_id         uuid NOT NULL REFERENCES organization,
    name                    text NOT NULL CHECK (name <> ''),
    version                 integer NOT NULL DEFAULT 1,
    labels                  text[] NOT NULL,
    type                    text NOT NULL,
    source                  text NOT NULL,
    format                  text NOT NULL,
    visibility              text NOT NULL CHECK (visibility IN ('private', 'organization', 'public')),
    owner_id                uuid NOT NULL,
    -- whose members may read it; empty: everybody whom the visibility admits
    groups                  uuid[] NOT NULL,
    -- which agents are told of it; both empty: all
    supported_agents        uuid[] NOT NULL,
    supported_agents_groups uuid[] NOT NULL,
    managed_by              text NOT NULL,
    task_id                 text NOT NULL,
    created_by              text NOT NULL,
    updated_by              text NOT NULL,
    created_at              timestamptz NOT NULL,
    updated_at              timestamptz NOT NULL,
    -- counts every change, those of the restrictions too
    changes                 bigint NOT NULL DEFAULT 1,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, owner_id) REFERENCES app_user (organization_id, id)
);
CREATE INDEX knowledge_by_name ON knowledge (organization_id, name, id);
CREATE INDEX knowledge_by_update ON knowledge (organization_id, updated_at, id);

CREATE TABLE knowledge_version (
    organization_id uuid NOT NULL,
    knowledge_id    uuid NOT NULL,
    version         integer NOT NULL,
    name            text NOT NULL,
    description     text NOT NULL,
    content         text NOT NULL,
    -- SHA-256 of the content in hexadecimal
    content_hash    text NOT NULL,
    size_bytes      integer NOT NULL,
    labels          text[] NOT NULL,
    type            text NOT NULL,
    properties      jsonb NOT NULL,
    restored_from   integer,
    created_by      text NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (knowledge_id, version),
    FOREIGN KEY (organization_id, knowledge_id) REFERENCES knowledge (organization_id, id) ON DELETE CASCADE
);
