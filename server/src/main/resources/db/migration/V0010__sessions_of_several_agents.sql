-- A conversation that went on with another agent holds what different people may have been allowed to see, so it is
-- open to its own user and to administrators alone.
ALTER TABLE session ADD COLUMN several_agents boolean NOT NULL DEFAULT false;
UPDATE session s SET several_agents = true
WHERE EXISTS (SELECT FROM execution e
              WHERE e.session_id = s.id AND e.kind = 'agent_turn' AND e.spec ->> 'agent_id' <> s.agent_id::text);
-- To find the agents that do not talk to everybody without reading all of them.
CREATE INDEX agent_with_audience ON agent (organization_id)
    WHERE definition -> 'allowed_users' <> '[]'::jsonb OR definition -> 'allowed_groups' <> '[]'::jsonb;
