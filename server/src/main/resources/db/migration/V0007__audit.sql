CREATE TABLE audit_item (
    id                uuid PRIMARY KEY,
    organization_id   uuid NOT NULL REFERENCES organization,
    at                timestamptz NOT NULL,
    -- who: no foreign keys, because the trail outlives users and keys
    user_id           uuid,
    email             text NOT NULL,
    key_id            uuid,
    category_type     text NOT NULL,
    category_name     text NOT NULL,
    resource_type     text NOT NULL,
    resource_text     text NOT NULL,
    action_type       text NOT NULL,
    action_successful boolean NOT NULL,
    scope             text NOT NULL,
    extra             jsonb NOT NULL
);
CREATE INDEX audit_item_by_organization ON audit_item (organization_id, at DESC, id DESC);
