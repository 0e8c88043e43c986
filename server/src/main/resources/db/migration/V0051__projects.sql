-- Infrastructure as code: what a project is. Its runs and its state are in tables of their own.
CREATE TABLE project (
    id                    uuid PRIMARY KEY,
    organization_id       uuid NOT NULL REFERENCES organization,
    name                  text NOT NULL,
    description           text NOT NULL,
    icons                 jsonb NOT NULL,
    -- where the code is: a folder (path) of a repository's branch, or files by name; with neither, the project
    -- holds the state of code that lives elsewhere
    url                   text NOT NULL,
    branch                text NOT NULL,
    path                  text NOT NULL,
    files                 jsonb NOT NULL,
    -- the template it was made from
    template_id           text NOT NULL,
    -- values in the clear, and the names of those that are kept elsewhere: [{name, value | secret, sensitive}]
    variables             jsonb NOT NULL,
    -- sensitive values by name; sealed by the vault, null when there are none
    sensitive_values      bytea,
    -- secrets of the organisation as environment variables: [{name, to_env}]
    secrets               jsonb NOT NULL,
    environment_variables jsonb NOT NULL,
    runner                text NOT NULL,
    auto_apply            boolean NOT NULL,
    -- when drift is looked for; empty = never
    drift_schedule        text NOT NULL,
    managed_by            text NOT NULL,
    task_id               text NOT NULL,
    -- what was read from the code at this commit: variables, providers, resources, outputs, readme
    code                  jsonb NOT NULL,
    commit                text NOT NULL,
    status                text NOT NULL CHECK (status IN ('pending', 'running', 'active', 'failed', 'destroyed')),
    -- counts the changes after which an older plan is void: of code, values and secrets
    inputs_version        bigint NOT NULL DEFAULT 1,
    created_by            text NOT NULL,
    updated_by            text NOT NULL,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    version               bigint NOT NULL DEFAULT 1
);
CREATE INDEX project_by_organization ON project (organization_id, id);
CREATE INDEX project_by_name ON project (organization_id, name);
CREATE INDEX project_by_url ON project (url) WHERE url <> '';
CREATE INDEX project_by_drift ON project (id) WHERE drift_schedule <> '';
