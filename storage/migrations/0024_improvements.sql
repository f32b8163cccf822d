-- What the team decides to change because of what people said, and who is to be told once it has.

CREATE TABLE improvement (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,                         -- of the department
  owner TEXT NOT NULL,                           -- a Slack user id, or empty
  tracker_url TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'proposed',
  note TEXT NOT NULL DEFAULT '',                 -- of the latest decision
  link TEXT NOT NULL DEFAULT '',                 -- as above
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  merged_into BIGINT NOT NULL DEFAULT 0,         -- 0: it stands by itself
  closed_at TEXT,                                -- when its issue was seen to be closed, and nobody has decided since
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX improvement_by_state ON improvement (workspace_id, merged_into, state, decided_at);

-- Counted for it while the tag is React; 0: for none.
ALTER TABLE conversation ADD COLUMN improvement_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX conversation_by_improvement ON conversation (improvement_id, id) WHERE improvement_id > 0;
CREATE INDEX conversation_reacted ON conversation (workspace_id, tag, improvement_id, opened_at, id) WHERE tag = 'react';

-- Who is to be told that it shipped, in answer to which mention.
CREATE TABLE telling (
  improvement_id BIGINT NOT NULL REFERENCES improvement (id),
  mention_id BIGINT NOT NULL REFERENCES mention (id),
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  owed_at TEXT NOT NULL,
  told_at TEXT,
  told_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (improvement_id, mention_id)
);
CREATE INDEX telling_by_conversation ON telling (conversation_id);
