-- What Us and Not us teach: which words beside a name of a watch tell whether we are meant.

ALTER TABLE mention ADD COLUMN beside TEXT NOT NULL DEFAULT '[]';  -- the words beside the name, as they are compared
ALTER TABLE mention ADD COLUMN taught TEXT NOT NULL DEFAULT '';    -- what was learned of whether it is us, in words

-- What people say of a mention that opened a conversation; nothing where they took it back.
CREATE TABLE us_verdict (
  mention_id BIGINT PRIMARY KEY,
  watch_id BIGINT NOT NULL REFERENCES watch (id),
  is_us BIGINT NOT NULL
);
CREATE INDEX us_verdict_by_watch ON us_verdict (watch_id, is_us);

-- The same for each word beside its name.
CREATE TABLE beside_vote (
  watch_id BIGINT NOT NULL REFERENCES watch (id),
  word TEXT NOT NULL,
  mention_id BIGINT NOT NULL,
  is_us BIGINT NOT NULL,
  PRIMARY KEY (watch_id, word, mention_id)
);
CREATE INDEX beside_vote_by_mention ON beside_vote (mention_id);

-- What follows from the votes as they stand.
CREATE TABLE learned_beside (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  watch_id BIGINT NOT NULL REFERENCES watch (id),
  word TEXT NOT NULL,
  is_us BIGINT NOT NULL,
  posts BIGINT NOT NULL,
  UNIQUE (watch_id, word)
);
CREATE INDEX learned_beside_of_workspace ON learned_beside (workspace_id, id);
