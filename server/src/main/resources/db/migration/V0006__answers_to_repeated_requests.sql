-- What a write with an Idempotency-Key was answered. The body is sealed by the vault: it may hold a key shown once.
CREATE TABLE idempotent_request (
    api_key_id   uuid NOT NULL REFERENCES api_key ON DELETE CASCADE,
    key          text NOT NULL,
    fingerprint  bytea NOT NULL,
    -- the installation that works on it; a row without an answer whose server died was interrupted
    node         text NOT NULL,
    state        text NOT NULL CHECK (state IN ('open', 'interrupted', 'answered')),
    status       integer,
    headers      jsonb,
    content_type text,
    body         bytea,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (api_key_id, key),
    CHECK ((state = 'answered') = (status IS NOT NULL))
);
CREATE INDEX idempotent_request_by_age ON idempotent_request (created_at);

-- Every change of a resource counts; the count is its ETag.
ALTER TABLE agent ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE source ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE tool ADD COLUMN version bigint NOT NULL DEFAULT 1;
