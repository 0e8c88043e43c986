-- What senders posted to incoming webhooks, and what became of it. A row is there before its sender is told so.
CREATE TABLE received_event (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    webhook_id      uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
    -- the sender's id of it, where senders give one: the same comes again when they did not hear our answer
    sender_id       text,
    -- without credentials
    headers         jsonb NOT NULL,
    -- as it came, byte for byte
    payload         text NOT NULL,
    -- how it came: from a sender, as a test, or again
    origin          text NOT NULL CHECK (origin IN ('sender', 'test', 'replay')),
    replay_of       uuid,
    status          text NOT NULL CHECK (status IN
                        ('accepted', 'filtered', 'running', 'completed', 'failed', 'cancelled')),
    -- why it failed
    message         text,
    session_id      uuid,
    execution_id    uuid,
    -- to start what it starts
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    received_at     timestamptz NOT NULL,
    started_at      timestamptz,
    finished_at     timestamptz,
    UNIQUE (webhook_id, sender_id)
);
CREATE INDEX received_event_accepted ON received_event (next_attempt_at) WHERE status = 'accepted';
CREATE INDEX received_event_by_webhook ON received_event (webhook_id, id);
CREATE INDEX received_event_by_execution ON received_event (execution_id) WHERE execution_id IS NOT NULL;
