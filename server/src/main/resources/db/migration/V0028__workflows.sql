-- A run of a workflow: what its execution does not hold.
CREATE TABLE workflow_run (
    execution_id    uuid PRIMARY KEY REFERENCES execution ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization,
    -- values that came with the request, sealed; null = none
    secrets         bytea
);

CREATE TABLE workflow_step (
    execution_id      uuid NOT NULL REFERENCES workflow_run ON DELETE CASCADE,
    name              text NOT NULL,
    -- from 0, of a step that is done for several items; -1 = the step as a whole
    item              integer NOT NULL,
    position          integer NOT NULL,
    status            text NOT NULL CHECK (status IN
                          ('pending', 'running', 'completed', 'failed', 'skipped', 'cancelled')),
    attempt           integer NOT NULL DEFAULT 0,
    -- the item
    value             jsonb,
    -- the execution of the last attempt
    step_execution_id uuid,
    output            text,
    exit_code         integer,
    error_code        text,
    error             text,
    -- when a pending one may be tried again
    not_before        timestamptz,
    started_at        timestamptz,
    finished_at       timestamptz,
    PRIMARY KEY (execution_id, name, item)
);
