-- What a team chooses for a kind of post in a community: its latest choices, and what follows from them.

CREATE TABLE tag_choice (
  conversation_id BIGINT NOT NULL PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  community TEXT NOT NULL,
  kind TEXT NOT NULL,
  tag TEXT NOT NULL,
  chosen_at TEXT NOT NULL
);
CREATE INDEX tag_choice_latest ON tag_choice (workspace_id, community, kind, chosen_at, conversation_id);

-- Only where nearly all of the latest choices are the same.
CREATE TABLE preference (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  community TEXT NOT NULL,
  kind TEXT NOT NULL,
  tag TEXT NOT NULL,
  choices BIGINT NOT NULL,
  UNIQUE (workspace_id, community, kind)
);
