-- Every item's place in the trail, for readers who follow it. A transaction has its id before it takes a place: once all
-- transactions up to some id are over, no place below one that was taken before can appear any more.
CREATE SEQUENCE audit_item_position;
ALTER TABLE audit_item
    ADD COLUMN position bigint NOT NULL
        DEFAULT CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('audit_item_position') END;
ALTER SEQUENCE audit_item_position OWNED BY audit_item.position;
CREATE UNIQUE INDEX audit_item_by_position ON audit_item (organization_id, position);

-- What lists filter by travels with the index, so that counting does not read the table.
DROP INDEX audit_item_by_organization;
CREATE INDEX audit_item_by_time ON audit_item (organization_id, at DESC, id DESC)
    INCLUDE (category_type, category_name, resource_type, action_type, action_successful, email, position);
CREATE INDEX audit_item_by_session ON audit_item (organization_id, (extra ->> 'session_id'), at DESC, id DESC)
    WHERE extra ->> 'session_id' IS NOT NULL;

-- Append-only. Age alone removes items, and whoever removes them has to say up to when.
CREATE FUNCTION audit_item_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < nullif(current_setting('kubiya.audit_retention_before', true), '')::timestamptz THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only, % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_item_keeps_rows BEFORE UPDATE OR DELETE ON audit_item
    FOR EACH ROW EXECUTE FUNCTION audit_item_keep();
CREATE TRIGGER audit_item_keeps_all BEFORE TRUNCATE ON audit_item
    FOR EACH STATEMENT EXECUTE FUNCTION audit_item_keep();
