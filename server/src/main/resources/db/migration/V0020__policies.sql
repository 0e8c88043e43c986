CREATE TABLE policy (
    id                 uuid PRIMARY KEY,
    organization_id    uuid NOT NULL REFERENCES organization,
    name               text NOT NULL,
    description        text NOT NULL,
    -- tool_execution, chat, project_apply: one of them at least
    applies_to         jsonb NOT NULL,
    match_expression   text NOT NULL,
    expression         text NOT NULL,
    message            text NOT NULL,
    message_expression text NOT NULL,
    mode               text NOT NULL CHECK (mode IN ('enforce', 'warn')),
    enabled            boolean NOT NULL,
    -- kept for existing clients
    env                jsonb NOT NULL,
    managed_by         text NOT NULL,
    task_id            text NOT NULL,
    created_by         text NOT NULL,
    updated_by         text NOT NULL,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    version            bigint NOT NULL DEFAULT 1,
    UNIQUE (organization_id, name)
);
