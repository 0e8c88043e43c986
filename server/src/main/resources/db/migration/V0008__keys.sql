ALTER TABLE api_key
    ADD COLUMN description      text NOT NULL DEFAULT '',
    -- null: as the server's settings say; 0: no limit
    ADD COLUMN limit_per_minute integer CHECK (limit_per_minute >= 0),
    ADD COLUMN limit_per_day    integer CHECK (limit_per_day >= 0),
    ADD COLUMN last_used_at     timestamptz;
CREATE INDEX api_key_by_organization ON api_key (organization_id, created_at, id);
