-- An execution can wait: for people who have to agree, or for one that it started and that waits itself. Nobody holds it.
ALTER TABLE execution
    -- the execution that started it: a turn its tools, a workflow its steps
    ADD COLUMN parent_id uuid REFERENCES execution ON DELETE SET NULL,
    -- the task that it is an attempt of
    ADD COLUMN task_id   uuid,
    DROP CONSTRAINT execution_status_check,
    DROP CONSTRAINT execution_kind_check,
    ADD CONSTRAINT execution_status_check CHECK (status IN
        ('waiting', 'queued', 'leased', 'running', 'completed', 'failed', 'cancelled', 'lost')),
    ADD CONSTRAINT execution_kind_check CHECK (kind IN ('tool', 'agent_turn', 'workflow', 'step', 'terraform'));
CREATE INDEX execution_by_parent ON execution (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX execution_by_task ON execution (task_id, id) WHERE task_id IS NOT NULL;

CREATE TABLE approval (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    -- what waits for it
    execution_id    uuid NOT NULL REFERENCES execution ON DELETE CASCADE,
    status          text NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'expired', 'cancelled')),
    -- what is asked for, for those who decide
    subject_type    text NOT NULL,
    subject         text NOT NULL,
    details         jsonb NOT NULL,
    -- why the author of the rule wants to be asked
    message         text NOT NULL,
    -- who decides: ids or e-mails in lower case, ids or names of groups; both empty = administrators
    users           text[] NOT NULL,
    groups          text[] NOT NULL,
    not_requester   boolean NOT NULL,
    -- a conversation shows what runs in it to few
    session_id      uuid,
    requested_by    uuid NOT NULL REFERENCES app_user,
    requester_email text NOT NULL,
    requested_at    timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    decided_by      text,
    decided_at      timestamptz,
    reason          text,
    CHECK ((status = 'pending') = (decided_at IS NULL))
);
CREATE INDEX approval_by_organization ON approval (organization_id, id DESC);
CREATE INDEX approval_by_status ON approval (organization_id, status, id DESC);
CREATE INDEX approval_by_execution ON approval (execution_id);
