-- Browsers that somebody signed in to with a key. What a session may do is what its key may do, while that is good.
CREATE TABLE web_session (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    key_id          uuid NOT NULL REFERENCES api_key ON DELETE CASCADE,
    -- of what the browser holds in its cookie
    hash            bytea NOT NULL UNIQUE,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL
);
CREATE INDEX web_session_by_end ON web_session (expires_at);
