-- Whose turn it is, also by what does not name us: thanks to others, and questions that go on.

ALTER TABLE post ADD COLUMN says TEXT;    -- as engagement.understanding.reading.Saying; NULL: nobody has read it for that yet

-- Who answered for us, as their community calls them.
ALTER TABLE conversation ADD COLUMN helper TEXT NOT NULL DEFAULT '';
-- 1: no program can see who replies there; NULL: nobody has asked the catalogue of places yet.
ALTER TABLE conversation ADD COLUMN unseen BIGINT;
CREATE INDEX conversation_unjudged ON conversation (workspace_id) WHERE unseen IS NULL;
