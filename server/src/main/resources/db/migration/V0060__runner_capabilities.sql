-- What processes of runners understand besides runs of tools. Those of older versions say nothing.
ALTER TABLE runner_process ADD COLUMN capabilities text[] NOT NULL DEFAULT '{}';
