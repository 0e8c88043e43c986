CREATE TABLE execution (
    id                  uuid PRIMARY KEY,
    organization_id     uuid NOT NULL REFERENCES organization,
    kind                text NOT NULL CHECK (kind IN ('tool', 'agent_turn')),
    -- the tool's or the agent's name
    subject             text NOT NULL,
    runner              text NOT NULL,
    -- everything needed to run it again, without secret values
    spec                jsonb NOT NULL,
    status              text NOT NULL CHECK (status IN
                            ('queued', 'leased', 'running', 'completed', 'failed', 'cancelled', 'lost')),
    attempt             integer NOT NULL DEFAULT 0,
    lease_owner         text,
    lease_token         uuid,
    lease_until         timestamptz,
    cancel_requested_at timestamptz,
    cancelled_by        text,
    session_id          uuid,
    created_by          uuid NOT NULL REFERENCES app_user,
    created_at          timestamptz NOT NULL,
    started_at          timestamptz,
    finished_at         timestamptz,
    exit_code           integer,
    -- why it ended when it did not complete: a fixed word and a sentence
    error_code          text,
    error_message       text,
    duration_ms         bigint,
    output_bytes        bigint NOT NULL DEFAULT 0,
    dropped_bytes       bigint NOT NULL DEFAULT 0,
    last_seq            bigint NOT NULL DEFAULT 0,
    CHECK ((lease_token IS NULL) = (status NOT IN ('leased', 'running')))
);
CREATE INDEX execution_by_organization ON execution (organization_id, id DESC);
CREATE INDEX execution_queued ON execution (kind, runner, id) WHERE status = 'queued';
CREATE INDEX execution_leased ON execution (lease_until) WHERE status IN ('leased', 'running');
CREATE INDEX execution_by_session ON execution (session_id, id) WHERE session_id IS NOT NULL;

CREATE TABLE execution_event (
    execution_id uuid NOT NULL REFERENCES execution ON DELETE CASCADE,
    seq          bigint NOT NULL,
    at           timestamptz NOT NULL,
    type         text NOT NULL,
    data         jsonb NOT NULL,
    PRIMARY KEY (execution_id, seq)
);
