-- Lists of one tool's or agent's executions, and of those in one state, however many there are of others.
CREATE INDEX execution_by_subject ON execution (organization_id, subject, id DESC);
CREATE INDEX execution_by_status ON execution (organization_id, status, id DESC);
