-- Users can be disabled, and removed. A removed user's row stays, because what the user did refers to it.
ALTER TABLE app_user
    ADD COLUMN image      text NOT NULL DEFAULT '',
    ADD COLUMN active     boolean NOT NULL DEFAULT true,
    ADD COLUMN removed_at timestamptz,
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN version    bigint NOT NULL DEFAULT 1,
    ADD UNIQUE (organization_id, id),
    DROP CONSTRAINT app_user_organization_id_email_key;
UPDATE app_user SET updated_at = created_at;
CREATE UNIQUE INDEX app_user_email ON app_user (organization_id, lower(email)) WHERE removed_at IS NULL;

CREATE TABLE user_group (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name            text NOT NULL CHECK (name <> ''),
    description     text NOT NULL DEFAULT '',
    -- every organisation has one of each of these; null: a group that somebody made
    system          text CHECK (system IN ('users', 'admins')),
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         bigint NOT NULL DEFAULT 1,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, system)
);
CREATE UNIQUE INDEX user_group_name ON user_group (organization_id, lower(name));

CREATE TABLE group_member (
    -- both references carry it, so that no group ever holds a user of another organisation
    organization_id uuid NOT NULL,
    group_id        uuid NOT NULL,
    user_id         uuid NOT NULL,
    PRIMARY KEY (group_id, user_id),
    FOREIGN KEY (organization_id, group_id) REFERENCES user_group (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, user_id) REFERENCES app_user (organization_id, id)
);
CREATE INDEX group_member_by_user ON group_member (user_id);

INSERT INTO user_group (id, organization_id, name, description, system, created_at, updated_at)
SELECT gen_random_uuid(), o.id, g.name, g.description, g.system, o.created_at, o.created_at
FROM organization o
CROSS JOIN (VALUES ('Admin', 'May hold keys with the scope admin.', 'admins'),
                   ('Users', 'Everybody in the organisation.', 'users')) AS g (name, description, system);

INSERT INTO group_member (organization_id, group_id, user_id)
SELECT g.organization_id, g.id, u.id
FROM user_group g
JOIN app_user u ON u.organization_id = g.organization_id
WHERE g.system = 'users'
   OR EXISTS (SELECT FROM api_key k WHERE k.user_id = u.id AND 'admin' = ANY (k.scopes) AND k.revoked_at IS NULL);

-- Who may use the platform now, and as what: the one place that says it.
CREATE VIEW active_user AS
SELECT u.id, u.organization_id, o.name AS organization_name, u.email, u.name,
       ARRAY(SELECT unnest(ARRAY[g.id::text, g.name])
             FROM group_member m JOIN user_group g ON g.id = m.group_id WHERE m.user_id = u.id) AS groups,
       EXISTS (SELECT FROM group_member m JOIN user_group g ON g.id = m.group_id
               WHERE m.user_id = u.id AND g.system = 'admins') AS administrator
FROM app_user u
JOIN organization o ON o.id = u.organization_id
WHERE u.active AND u.removed_at IS NULL;

-- Keys: who made one (an e-mail, which stays when its user goes), and how often it was changed.
ALTER TABLE api_key
    ADD COLUMN created_by text NOT NULL DEFAULT '',
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN version    bigint NOT NULL DEFAULT 1;
UPDATE api_key k SET updated_at = k.created_at, created_by = u.email FROM app_user u WHERE u.id = k.user_id;
CREATE INDEX api_key_by_user ON api_key (user_id);
