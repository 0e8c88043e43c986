-- What the last look for drift found in a project, and when the next one is due.
CREATE TABLE project_drift (
    project_id      uuid PRIMARY KEY REFERENCES project ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization,
    -- the project's schedule when next_at was computed
    schedule        text NOT NULL,
    -- null = never
    next_at         timestamptz,
    status          text NOT NULL CHECK (status IN ('unknown', 'clean', 'drifted', 'failed')),
    -- the run that found it; null when there was none
    run_id          uuid,
    -- why it failed
    message         text NOT NULL,
    -- what differs, sensitive values masked
    resources       jsonb NOT NULL,
    outputs         jsonb NOT NULL,
    checked_at      timestamptz,
    -- of the drift that was told of last, so that the same is not told again; empty = there was none
    told            text NOT NULL
);
CREATE INDEX project_drift_due ON project_drift (next_at) WHERE next_at IS NOT NULL;
