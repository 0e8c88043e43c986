CREATE TABLE schedule (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name            text NOT NULL,
    -- what each of its tasks is, as a client would send it
    task            jsonb NOT NULL,
    -- in whose name: see StoredCaller
    caller          jsonb NOT NULL,
    created_by      uuid NOT NULL REFERENCES app_user,
    creator_email   text NOT NULL,
    -- one of both: a cron expression, or a single time
    cron            text,
    at              timestamptz,
    time_zone       text NOT NULL,
    missed          text NOT NULL CHECK (missed IN ('skip', 'fire_once')),
    status          text NOT NULL CHECK (status IN ('active', 'paused', 'completed')),
    -- null when it does not fire any more, or not for now
    next_fire_at    timestamptz,
    last_fire_at    timestamptz,
    -- what older clients keep with it
    extra           jsonb NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         bigint NOT NULL DEFAULT 1,
    CHECK ((cron IS NULL) <> (at IS NULL)),
    CHECK ((next_fire_at IS NOT NULL) = (status = 'active'))
);
CREATE INDEX schedule_by_organization ON schedule (organization_id, id);

CREATE TABLE task (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name            text NOT NULL,
    -- as a client would send it
    definition      jsonb NOT NULL,
    caller          jsonb NOT NULL,
    created_by      uuid NOT NULL REFERENCES app_user,
    creator_email   text NOT NULL,
    agent_id        uuid,
    runner          text NOT NULL,
    status          text NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
    -- how often it was begun, and the execution of the last time
    attempt         integer NOT NULL DEFAULT 0,
    execution_id    uuid,
    -- when a pending one that nothing runs for is to be begun
    not_before      timestamptz,
    schedule_id     uuid REFERENCES schedule ON DELETE SET NULL,
    scheduled_for   timestamptz,
    output          text,
    error           text,
    started_at      timestamptz,
    completed_at    timestamptz,
    cancelled_at    timestamptz,
    cancelled_by    text,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         bigint NOT NULL DEFAULT 1,
    -- what keeps a schedule from firing twice
    UNIQUE (schedule_id, scheduled_for),
    CHECK ((status = 'running') <= (execution_id IS NOT NULL))
);
CREATE INDEX task_by_organization ON task (organization_id, id DESC);
CREATE INDEX task_by_status ON task (organization_id, status, id DESC);
CREATE INDEX task_by_agent ON task (organization_id, agent_id, id DESC) WHERE agent_id IS NOT NULL;
CREATE INDEX task_by_runner ON task (organization_id, runner, id DESC);
CREATE INDEX task_by_change ON task (organization_id, updated_at DESC, id DESC);
