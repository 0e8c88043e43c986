-- What happened, for those who are told of it. Rows are written in the transaction of the change that they tell of. A
-- transaction has its id before it takes a place, as in the audit trail, so that a reader can know what is settled.
CREATE SEQUENCE event_position;
CREATE TABLE event (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    -- runner.offline, project.apply.completed, …
    type            text NOT NULL,
    resource_type   text NOT NULL,
    resource_id     text NOT NULL,
    data            jsonb NOT NULL,
    occurred_at     timestamptz NOT NULL,
    position        bigint NOT NULL DEFAULT CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('event_position') END
);
ALTER SEQUENCE event_position OWNED BY event.position;
CREATE UNIQUE INDEX event_by_position ON event (position);
CREATE INDEX event_by_organization ON event (organization_id, position);

-- More kinds of work than tools and turns.
ALTER TABLE execution DROP CONSTRAINT execution_kind_check;
ALTER TABLE execution ADD CONSTRAINT execution_kind_check
    CHECK (kind IN ('tool', 'agent_turn', 'workflow', 'terraform'));
