-- Channels that we cannot post to: one row each time that happens.

CREATE TABLE lost_channel (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  channel TEXT NOT NULL,
  loss TEXT NOT NULL,                        -- archived, removed, gone
  lost_at TEXT NOT NULL,
  back_at TEXT,                              -- when we could post again, or were told to post elsewhere
  moved_to TEXT NOT NULL DEFAULT '',
  moved_by TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX lost_channel_now ON lost_channel (workspace_id, channel) WHERE back_at IS NULL;
