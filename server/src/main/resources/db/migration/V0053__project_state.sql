-- Terraform's state of a project. The row is the lock: whoever changes the state or its lock holds the row.
CREATE TABLE project_state (
    project_id      uuid PRIMARY KEY REFERENCES project ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization,
    -- number of the version that Terraform gets; null = there is no state, or none any more
    current         bigint,
    -- number of the newest version there ever was
    last            bigint NOT NULL DEFAULT 0,
    -- who holds the lock: Terraform's id of it, and all that Terraform said, as it said it
    lock_id         text,
    lock_info       text,
    locked_by       text,
    -- the execution that Terraform runs in; the lock ends with it. Null = somebody's own machine
    lock_execution  uuid,
    locked_at       timestamptz,
    CHECK ((lock_id IS NULL) = (lock_info IS NULL)),
    CHECK ((lock_id IS NULL) = (locked_at IS NULL))
);
CREATE INDEX project_state_locked_by_run ON project_state (lock_execution) WHERE lock_execution IS NOT NULL;

-- What a version holds, compressed and encrypted in pieces. There before its version is: what nobody completes is removed.
CREATE TABLE project_state_content (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    project_id      uuid NOT NULL REFERENCES project ON DELETE CASCADE,
    -- what the pieces are encrypted with; sealed by the vault, null when its master key was lost
    key             bytea,
    created_at      timestamptz NOT NULL
);
CREATE INDEX project_state_content_by_project ON project_state_content (project_id);

CREATE TABLE project_state_piece (
    content_id uuid NOT NULL REFERENCES project_state_content ON DELETE CASCADE,
    number     integer NOT NULL,
    data       bytea NOT NULL,
    PRIMARY KEY (content_id, number)
);
-- It is compressed before it is encrypted, and nothing makes it smaller.
ALTER TABLE project_state_piece ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE project_state_version (
    -- that of its content
    id                uuid PRIMARY KEY REFERENCES project_state_content ON DELETE CASCADE,
    organization_id   uuid NOT NULL REFERENCES organization,
    project_id        uuid NOT NULL REFERENCES project ON DELETE CASCADE,
    number            bigint NOT NULL,
    serial            bigint NOT NULL,
    lineage           text NOT NULL,
    terraform_version text NOT NULL,
    -- of the state as Terraform sent it
    size_bytes        bigint NOT NULL,
    md5               text NOT NULL,
    sha256            text NOT NULL,
    -- as kept
    stored_bytes      bigint NOT NULL,
    pieces            integer NOT NULL,
    resource_count    integer NOT NULL,
    output_count      integer NOT NULL,
    -- the version whose state this is again
    restored_from     bigint,
    execution_id      uuid,
    created_by        text NOT NULL,
    created_at        timestamptz NOT NULL,
    UNIQUE (project_id, number)
);

-- What a run shows in place of a key, as a hash; good for its project's state until its execution is over.
CREATE TABLE project_run_token (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    project_id      uuid NOT NULL REFERENCES project ON DELETE CASCADE,
    execution_id    uuid NOT NULL REFERENCES execution ON DELETE CASCADE,
    -- SHA-256 of 256 random bits, in hex
    hash            text NOT NULL UNIQUE,
    created_at      timestamptz NOT NULL
);
CREATE INDEX project_run_token_by_execution ON project_run_token (execution_id);
