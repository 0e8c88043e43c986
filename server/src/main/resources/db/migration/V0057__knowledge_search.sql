-- Mends typing mistakes in searches. A server that does not let us have it searches without.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'searches of knowledge do without pg_trgm: %', SQLERRM;
END
$$;

-- Pieces of entries, which are what is searched. Kept in their rows whole: ranking reads the words of thousands of them.
CREATE TABLE knowledge_chunk (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    knowledge_id    uuid NOT NULL,
    -- 0 for the first of an entry
    position        integer NOT NULL,
    -- the headings that it stands under
    heading         text NOT NULL,
    text            text NOT NULL,
    -- where it is in the content, in UTF-16 units
    starts          integer NOT NULL,
    ends            integer NOT NULL,
    -- SHA-256 of all that is searched of it: equal ones keep their vectors
    hash            bytea NOT NULL,
    words           tsvector NOT NULL,
    FOREIGN KEY (organization_id, knowledge_id) REFERENCES knowledge (organization_id, id) ON DELETE CASCADE
) WITH (toast_tuple_target = 8160);
CREATE INDEX knowledge_chunk_by_entry ON knowledge_chunk (knowledge_id, position);
CREATE INDEX knowledge_chunk_words ON knowledge_chunk USING gin (words);

-- What pieces mean: 384 numbers from -127 to 127, after a float that all of them are to be multiplied by.
CREATE TABLE knowledge_vector (
    chunk_id        uuid PRIMARY KEY REFERENCES knowledge_chunk ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization,
    knowledge_id    uuid NOT NULL,
    -- which model made it
    model           smallint NOT NULL,
    revision        bigint NOT NULL,
    vector          bytea NOT NULL
);
CREATE INDEX knowledge_vector_by_revision ON knowledge_vector (organization_id, revision);

-- Pieces that have no vector yet: a queue.
CREATE TABLE knowledge_unembedded (
    chunk_id        uuid PRIMARY KEY REFERENCES knowledge_chunk ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organization,
    claimed_until   timestamptz NOT NULL DEFAULT '-infinity',
    attempts        integer NOT NULL DEFAULT 0
);
CREATE INDEX knowledge_unembedded_by_organization ON knowledge_unembedded (organization_id, chunk_id);

-- One row for an organisation. Whoever changes its pieces or vectors counts the revision up, with the row locked until the
-- change is committed: a server that has read everything up to a revision has missed nothing before it.
CREATE TABLE knowledge_index (
    organization_id  uuid PRIMARY KEY REFERENCES organization,
    revision         bigint NOT NULL DEFAULT 0,
    -- what is known of pieces that went (knowledge_gone) begins after this revision
    pruned           bigint NOT NULL DEFAULT 0,
    chunks           bigint NOT NULL DEFAULT 0,
    -- pieces that came and went, and how many had when the words were counted last
    changes          bigint NOT NULL DEFAULT 0,
    counted          bigint NOT NULL DEFAULT 0
);

-- Pieces with vectors that went, for servers that have the vectors in memory.
CREATE TABLE knowledge_gone (
    organization_id uuid NOT NULL REFERENCES organization,
    revision        bigint NOT NULL,
    chunk_id        uuid NOT NULL,
    gone_at         timestamptz NOT NULL,
    PRIMARY KEY (organization_id, revision, chunk_id)
);
CREATE INDEX knowledge_gone_by_time ON knowledge_gone (gone_at);

-- The words of an organisation and in how many pieces they are; counted now and then, new ones at once.
CREATE TABLE knowledge_word (
    organization_id uuid NOT NULL REFERENCES organization,
    word            text NOT NULL,
    chunks          integer NOT NULL,
    PRIMARY KEY (organization_id, word)
);
DO $$
BEGIN
    CREATE INDEX knowledge_word_trigrams ON knowledge_word USING gin (word gin_trgm_ops);
EXCEPTION WHEN undefined_object THEN
    NULL; -- without pg_trgm
END
$$;
