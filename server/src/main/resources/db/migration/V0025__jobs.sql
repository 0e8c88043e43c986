-- Work at a time: the table of the library db-scheduler, whose column names are not ours to choose.
CREATE TABLE job (
    task_name            text NOT NULL,
    task_instance        text NOT NULL,
    -- always null: what there is to do stands elsewhere
    task_data            text,
    execution_time       timestamptz NOT NULL,
    -- whether a server works on it now, and which
    picked               boolean NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint NOT NULL,
    priority             smallint,
    -- ours: when it has to be done once more, asked for while it was being done
    again_at             timestamptz,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX job_by_time ON job (execution_time);
CREATE INDEX job_by_heartbeat ON job (last_heartbeat) WHERE last_heartbeat IS NOT NULL;
