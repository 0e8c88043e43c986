-- Names of the master keys that sealed values are under. A name is made of its key and cannot be turned back into it: a
-- server that has no key of such a name would find nothing but noise, and does not start.
CREATE TABLE master_key (
    id         text PRIMARY KEY,
    created_at timestamptz NOT NULL
);

-- Values sealed before master keys had names cannot be opened any more.
UPDATE organization_model SET api_key = NULL;
DELETE FROM idempotent_request;

CREATE TABLE secret (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name            text NOT NULL,
    -- the environment variable that a tool gets it in; no two secrets may be the same one
    variable        text GENERATED ALWAYS AS (translate(name, '.-', '__')) STORED,
    description     text NOT NULL,
    -- sealed by the vault
    value           bytea NOT NULL,
    managed_by      text NOT NULL,
    task_id         text NOT NULL,
    created_by      text NOT NULL,
    updated_by      text NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         bigint NOT NULL DEFAULT 1,
    UNIQUE (organization_id, variable)
);
