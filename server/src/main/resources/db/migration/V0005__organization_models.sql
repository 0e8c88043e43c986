CREATE TABLE organization_model (
    organization_id uuid PRIMARY KEY REFERENCES organization,
    provider        text NOT NULL,
    base_url        text NOT NULL,
    models          text[] NOT NULL,
    -- sealed by the vault; null for endpoints that ask for no key
    api_key         bytea,
    updated_by      text NOT NULL,
    updated_at      timestamptz NOT NULL
);
