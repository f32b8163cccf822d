-- What a team does with a card besides tagging it: assign, snooze, correct, mute.

ALTER TABLE conversation ADD COLUMN assigned_by TEXT NOT NULL DEFAULT '';   -- empty: who has the reply took it themselves
ALTER TABLE conversation ADD COLUMN snoozed_until TEXT;                      -- put aside until then, while back_at is NULL
ALTER TABLE conversation ADD COLUMN snoozed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN snooze_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN back_at TEXT;                            -- when it came back; kept until somebody decides
ALTER TABLE conversation ADD COLUMN mute_id BIGINT NOT NULL DEFAULT 0;       -- the mute that silences it; 0: none does
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL AND back_at IS NULL;
CREATE INDEX conversation_by_mute ON conversation (mute_id) WHERE mute_id > 0;

-- Whom, or what, a workspace does not want cards of.
CREATE TABLE mute (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  scope TEXT NOT NULL,                       -- author, community or conversation
  community TEXT NOT NULL DEFAULT '',        -- of an author or a community
  author TEXT NOT NULL DEFAULT '',           -- of an author
  thread_key TEXT NOT NULL DEFAULT '',       -- of a conversation
  until TEXT,                                -- NULL: for good
  muted_by TEXT NOT NULL,
  muted_at TEXT NOT NULL,
  ended_at TEXT                              -- when somebody took it back
);
CREATE UNIQUE INDEX mute_in_force ON mute (workspace_id, scope, community, author, thread_key) WHERE ended_at IS NULL;

-- Append-only: what people corrected in how a mention was read, kept as labels for later learning.
CREATE TABLE correction (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  mention_id BIGINT NOT NULL REFERENCES mention (id),
  field TEXT NOT NULL,                       -- kind, mood, pillar, or us
  was TEXT NOT NULL,
  became TEXT NOT NULL,
  corrected_by TEXT NOT NULL,
  corrected_at TEXT NOT NULL
);
CREATE INDEX correction_by_conversation ON correction (conversation_id, id);
CREATE INDEX correction_by_time ON correction (workspace_id, corrected_at);
