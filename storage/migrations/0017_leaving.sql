-- Teammates who leave the workspace, and what becomes of what they had promised.

ALTER TABLE teammate ADD COLUMN left_at TEXT;    -- since when they have no seat; NULL: they have one

CREATE TABLE departure (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  slack_user TEXT NOT NULL,
  heir TEXT NOT NULL,                            -- who has their promises now; empty: nobody, they are the team's
  left_at TEXT NOT NULL
);
CREATE TABLE departure_row (
  departure_id BIGINT NOT NULL REFERENCES departure (id),
  position BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  PRIMARY KEY (departure_id, position)
);
CREATE INDEX departure_row_by_conversation ON departure_row (conversation_id);
