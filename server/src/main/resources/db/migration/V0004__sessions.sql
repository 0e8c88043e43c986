CREATE TABLE session (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    -- null once the agent is gone; the conversation stays readable
    agent_id        uuid REFERENCES agent ON DELETE SET NULL,
    agent_name      text NOT NULL,
    user_id         uuid NOT NULL REFERENCES app_user,
    user_email      text NOT NULL,
    title           text NOT NULL,
    -- the name that a client gave it, where that could not be its id
    client_id       text,
    -- the current or the last turn: whether the session is busy is that execution's status and kept nowhere else
    turn_id         uuid REFERENCES execution ON DELETE SET NULL,
    last_seq        bigint NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (organization_id, client_id)
);
CREATE INDEX session_by_organization ON session (organization_id, created_at DESC, id DESC);
CREATE INDEX session_by_agent ON session (agent_id);
CREATE INDEX session_by_turn ON session (turn_id);

CREATE TABLE session_message (
    session_id   uuid NOT NULL REFERENCES session ON DELETE CASCADE,
    seq          bigint NOT NULL,
    message_id   text NOT NULL,
    role         text NOT NULL CHECK (role IN ('user', 'assistant', 'tool')),
    -- a ModelMessage
    content      jsonb NOT NULL,
    -- the turn that it belongs to; null for history that came from elsewhere
    execution_id uuid REFERENCES execution ON DELETE SET NULL,
    -- what the model step cost that made it
    usage        jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (session_id, seq)
);
CREATE INDEX session_message_by_turn ON session_message (execution_id);

-- Which execution a tool call of a turn became. The key is what keeps a call from being started twice.
CREATE TABLE turn_tool_call (
    turn_id      uuid NOT NULL REFERENCES execution ON DELETE CASCADE,
    call_id      text NOT NULL,
    execution_id uuid,
    PRIMARY KEY (turn_id, call_id)
);
