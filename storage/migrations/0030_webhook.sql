-- What other programs are told of what the team does, while somebody listens to it.

CREATE TABLE webhook (
  workspace_id TEXT PRIMARY KEY REFERENCES workspace (id),
  since TEXT NOT NULL,
  gone_at TEXT                               -- when it said that it wants no more; NULL: it is told
);

-- The outbox of events; one that arrived is deleted. The history has what it tells of, the other tables the words.
CREATE TABLE webhook_event (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  event_key TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  object TEXT NOT NULL,                      -- what it is about: the events of one object arrive in order
  object_id BIGINT NOT NULL,
  line BIGINT NOT NULL,                      -- of the history
  state TEXT NOT NULL DEFAULT 'waiting',
  attempts BIGINT NOT NULL DEFAULT 0,
  not_before TEXT NOT NULL,
  error TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL
);
CREATE INDEX webhook_event_waiting ON webhook_event (object, object_id, id) WHERE state = 'waiting';
