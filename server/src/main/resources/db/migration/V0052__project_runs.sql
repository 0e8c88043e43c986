-- Plans and applies of projects. A run that is at work holds its project: the index lets no two of them be so.
CREATE TABLE project_run (
    id                uuid PRIMARY KEY,
    organization_id   uuid NOT NULL REFERENCES organization,
    project_id        uuid NOT NULL REFERENCES project ON DELETE CASCADE,
    -- what was asked for
    kind              text NOT NULL CHECK (kind IN ('plan', 'apply', 'destroy')),
    mode              text NOT NULL CHECK (mode IN ('normal', 'destroy', 'refresh_only')),
    -- what began it: api, agent, push, pull_request, schedule, …
    trigger           text NOT NULL,
    message           text NOT NULL,
    status            text NOT NULL CHECK (status IN
                          ('pending', 'running', 'planned', 'no_changes', 'awaiting_approval', 'approved', 'applying',
                           'applied', 'failed', 'rejected', 'cancelled')),
    targets           jsonb NOT NULL,
    replaces          jsonb NOT NULL,
    -- a plan to look at, which nobody can apply
    speculative       boolean NOT NULL,
    auto_apply        boolean NOT NULL,
    -- branch, tag or commit that was asked for in place of the project's own; empty = the project's own
    revision          text NOT NULL,
    branch            text NOT NULL,
    commit            text NOT NULL,
    -- what the plan was made from; it is void when any of them is another now
    inputs_version    bigint NOT NULL,
    state_serial      bigint,
    state_lineage     text,
    terraform_version text NOT NULL,
    -- what the plan says, sensitive values masked
    summary           text NOT NULL,
    changes           jsonb NOT NULL,
    drift             jsonb NOT NULL,
    add_count         integer NOT NULL DEFAULT 0,
    change_count      integer NOT NULL DEFAULT 0,
    destroy_count     integer NOT NULL DEFAULT 0,
    -- Terraform's JSON plan, masked and compressed; sealed by the vault
    plan_document     bytea,
    -- Terraform's saved plan with all values in the clear; sealed by the vault, gone when it was applied or is void
    plan_file         bytea,
    plan_execution    uuid REFERENCES execution,
    apply_execution   uuid REFERENCES execution,
    error_code        text,
    error_message     text,
    -- who began it and who approved it, with all that a policy may ask for
    creator           jsonb NOT NULL,
    approver          jsonb,
    created_by        text NOT NULL,
    approved_by       text,
    approved_at       timestamptz,
    rejected_by       text,
    rejected_at       timestamptz,
    cancelled_by      text,
    created_at        timestamptz NOT NULL,
    started_at        timestamptz,
    planned_at        timestamptz,
    finished_at       timestamptz
);
CREATE UNIQUE INDEX project_run_at_work ON project_run (project_id) WHERE status IN ('running', 'applying');
CREATE INDEX project_run_waiting ON project_run (project_id, id) WHERE status IN ('pending', 'approved');
CREATE INDEX project_run_by_project ON project_run (project_id, id DESC);
CREATE INDEX project_run_by_organization ON project_run (organization_id, id DESC);
CREATE INDEX project_run_by_plan ON project_run (plan_execution) WHERE plan_execution IS NOT NULL;
CREATE INDEX project_run_by_apply ON project_run (apply_execution) WHERE apply_execution IS NOT NULL;
