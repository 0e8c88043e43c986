-- Folders of Markdown in git sources that are kept as entries. When a source goes, its entries stay as anybody's.
CREATE TABLE knowledge_folder (
    id                      uuid PRIMARY KEY,
    organization_id         uuid NOT NULL REFERENCES organization,
    source_id               uuid NOT NULL REFERENCES source ON DELETE CASCADE,
    -- within the source, without slashes at its ends; empty = all of it
    path                    text NOT NULL,
    labels                  text[] NOT NULL,
    -- whom its entries are for, when they are made, and who sees the folder itself
    visibility              text NOT NULL CHECK (visibility IN ('private', 'organization', 'public')),
    owner_id                uuid NOT NULL,
    groups                  uuid[] NOT NULL,
    supported_agents        uuid[] NOT NULL,
    supported_agents_groups uuid[] NOT NULL,
    -- in whose name it is synced
    caller                  jsonb NOT NULL,
    commit                  text,
    -- what could not be read, and why the last sync failed
    errors                  jsonb NOT NULL DEFAULT '[]',
    failed                  boolean NOT NULL DEFAULT false,
    last_sync               jsonb NOT NULL DEFAULT '{}',
    -- who syncs it now, until when unless told otherwise
    syncing                 uuid,
    syncing_until           timestamptz,
    tried_at                timestamptz NOT NULL,
    synced_at               timestamptz,
    created_by              text NOT NULL,
    created_at              timestamptz NOT NULL,
    updated_at              timestamptz NOT NULL,
    changes                 bigint NOT NULL DEFAULT 1,
    UNIQUE (organization_id, source_id, path),
    FOREIGN KEY (organization_id, owner_id) REFERENCES app_user (organization_id, id)
);
CREATE INDEX knowledge_folder_by_source ON knowledge_folder (source_id);
CREATE INDEX knowledge_folder_by_organization ON knowledge_folder (organization_id, id);

-- Which entry a file is kept as.
CREATE TABLE knowledge_file (
    folder_id    uuid NOT NULL REFERENCES knowledge_folder ON DELETE CASCADE,
    path         text NOT NULL,
    knowledge_id uuid NOT NULL UNIQUE REFERENCES knowledge ON DELETE CASCADE,
    PRIMARY KEY (folder_id, path)
);
