CREATE TABLE organization (
    id         uuid PRIMARY KEY,
    name       text NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL
);

CREATE TABLE app_user (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    email           text NOT NULL,
    name            text NOT NULL,
    created_at      timestamptz NOT NULL,
    UNIQUE (organization_id, email)
);

CREATE TABLE api_key (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    user_id         uuid NOT NULL REFERENCES app_user,
    name            text NOT NULL,
    -- SHA-256 of the key. The key has 256 random bits, so a slow hash would add nothing but time.
    hash            bytea NOT NULL UNIQUE,
    prefix          text NOT NULL,
    scopes          text[] NOT NULL,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz,
    revoked_at      timestamptz
);
