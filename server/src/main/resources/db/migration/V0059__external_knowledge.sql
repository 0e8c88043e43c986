-- Places outside that existing clients (Terraform) declare as knowledge: kept and listed, not read.
CREATE TABLE external_knowledge (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    vendor          text NOT NULL,
    channel_ids     text[] NOT NULL,
    user_email      text NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    changes         bigint NOT NULL DEFAULT 1
);
CREATE INDEX external_knowledge_by_vendor ON external_knowledge (organization_id, vendor, id);
