-- What a workspace teaches: which words mean something else there than elsewhere.

-- One vote a mention and word: it decided that the mention sounds as it `was` read, and people say how it sounds.
-- Empty where they took that back, so that it counts as if it had never been said.
CREATE TABLE word_vote (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  word TEXT NOT NULL,
  mention_id BIGINT NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL,
  PRIMARY KEY (workspace_id, word, mention_id)
);
CREATE INDEX word_vote_by_mention ON word_vote (mention_id);

-- What follows from the votes as they stand; only of words on which they agree.
CREATE TABLE learned_word (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  word TEXT NOT NULL,
  means TEXT NOT NULL,
  corrections BIGINT NOT NULL,
  UNIQUE (workspace_id, word)
);

ALTER TABLE mention ADD COLUMN learned TEXT NOT NULL DEFAULT '';  -- what of the mood comes from corrections, in words
