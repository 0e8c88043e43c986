CREATE TABLE integration (
    id               uuid PRIMARY KEY,
    organization_id  uuid NOT NULL REFERENCES organization,
    name             text NOT NULL,
    integration_type text NOT NULL,
    auth_type        text NOT NULL,
    description      text NOT NULL,
    -- as sent, without the values of credentials
    configs          jsonb NOT NULL,
    -- those values, by configuration and field; sealed by the vault, null when there are none
    credentials      bytea,
    managed_by       text NOT NULL,
    task_id          text NOT NULL,
    created_by       text NOT NULL,
    updated_by       text NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    version          bigint NOT NULL DEFAULT 1,
    UNIQUE (organization_id, name)
);
