-- Webhooks of both directions: incoming ones start work, outgoing ones are told of events.
CREATE TABLE webhook (
    id                    uuid PRIMARY KEY,
    organization_id       uuid NOT NULL REFERENCES organization,
    kind                  text NOT NULL CHECK (kind IN ('incoming', 'outgoing')),
    -- as clients write it
    definition            jsonb NOT NULL,
    status                text NOT NULL CHECK (status IN ('active', 'disabled')),
    -- why the server disabled it; empty when somebody else did
    status_reason         text NOT NULL DEFAULT '',
    -- what deliveries are signed with, or what a sender signs with; sealed by the vault
    secret                bytea,
    previous_secret       bytea,
    previous_secret_until timestamptz,
    -- outgoing: it is told of events after this place
    after_position        bigint NOT NULL DEFAULT 0,
    -- incoming: the token in its url, sealed, and a hash to find it by
    token                 bytea,
    token_hash            bytea UNIQUE,
    -- incoming: in whose name it starts work
    owner                 jsonb NOT NULL DEFAULT '{}',
    created_by            text NOT NULL,
    updated_by            text NOT NULL,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    version               bigint NOT NULL DEFAULT 1
);
CREATE INDEX webhook_by_organization ON webhook (organization_id, id);

-- How it goes with what a webhook sends: one row for each. Changes with every attempt, so it is no part of the webhook.
CREATE TABLE webhook_endpoint (
    webhook_id        uuid PRIMARY KEY REFERENCES webhook ON DELETE CASCADE,
    attempts          bigint NOT NULL DEFAULT 0,
    succeeded         bigint NOT NULL DEFAULT 0,
    failed            bigint NOT NULL DEFAULT 0,
    last_triggered_at timestamptz,
    -- attempts that failed since the last that did not
    failures          integer NOT NULL DEFAULT 0,
    failing_since     timestamptz,
    -- until then it is left alone
    open_until        timestamptz
) WITH (fillfactor = 50);

CREATE TABLE webhook_delivery (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    webhook_id      uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
    -- what is carried: events to subscribers, answers to where a webhook wants them
    cargo           text NOT NULL CHECK (cargo IN ('event', 'answer')),
    event_id        uuid NOT NULL,
    event_type      text NOT NULL,
    -- what the event is about; deliveries about one resource can be kept in order
    resource        text NOT NULL,
    position        bigint NOT NULL,
    payload         text NOT NULL,
    status          text NOT NULL CHECK (status IN ('pending', 'success', 'failed')),
    attempts        integer NOT NULL DEFAULT 0,
    -- attempts since somebody last asked for it
    tries           integer NOT NULL DEFAULT 0,
    -- null when it is over, or waits for an earlier one about the same resource
    next_attempt_at timestamptz,
    -- who is at it; next_attempt_at is then when the others may take it for dead
    claim           uuid,
    claimed_by      text,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    -- Once for an event and a webhook, whatever happens.
    UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_attempt_at)
    WHERE status = 'pending' AND next_attempt_at IS NOT NULL;
CREATE INDEX webhook_delivery_pending ON webhook_delivery (webhook_id, resource, position) WHERE status = 'pending';
CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_claimed ON webhook_delivery (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX webhook_delivery_expiring ON webhook_delivery (expires_at) WHERE status = 'pending';
CREATE INDEX webhook_delivery_finished ON webhook_delivery (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE webhook_attempt (
    delivery_id uuid NOT NULL REFERENCES webhook_delivery ON DELETE CASCADE,
    number      integer NOT NULL,
    at          timestamptz NOT NULL,
    duration_ms bigint NOT NULL,
    -- headers, and the body where it is not the delivery's payload; without secrets, bounded
    request     jsonb NOT NULL,
    -- null when there was no answer
    status_code integer,
    response    jsonb,
    error       text,
    PRIMARY KEY (delivery_id, number)
);
