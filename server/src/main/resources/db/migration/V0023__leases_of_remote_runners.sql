ALTER TABLE execution
    -- how many events the holder of the lease has sent, so that a batch sent again is not stored again
    ADD COLUMN lease_events  bigint NOT NULL DEFAULT 0,
    -- token of the lease that ended it, so that an end sent again is known
    ADD COLUMN ended_token   uuid,
    -- how the caller named the runner; one that was chosen may be exchanged for another while it waits
    ADD COLUMN runner_wanted text;

-- The queue and the load of a remote runner. Names of runners are an organisation's own.
CREATE INDEX execution_of_runner ON execution (organization_id, runner, status, id)
    WHERE status IN ('queued', 'leased', 'running') AND runner <> 'local';
