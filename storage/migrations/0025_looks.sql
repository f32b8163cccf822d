-- When each thread was looked at by itself, and what came of it.

CREATE TABLE thread (
  thread_key TEXT PRIMARY KEY,
  url TEXT NOT NULL,                         -- what answered last, with these validators
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  looked_at TEXT,                            -- when it answered
  tried_at TEXT,
  again_at TEXT,                             -- not asked before, after a failure
  failures BIGINT NOT NULL,
  reason TEXT NOT NULL,                      -- why the latest try failed; empty: it did not
  readable BIGINT NOT NULL                   -- 0: its community lists it nowhere
);

CREATE INDEX conversation_by_due ON conversation (workspace_id, is_open, due_at);
