-- What must stand near a name, what nobody knows yet to be about us, and set-ups that wait for a choice of places.

ALTER TABLE watch ADD COLUMN near TEXT NOT NULL DEFAULT '[]';
ALTER TABLE watch ADD COLUMN stopped_at TEXT;                             -- listened for no more; what was heard stays
ALTER TABLE mention ADD COLUMN sure BIGINT NOT NULL DEFAULT 1;            -- 0: a name, and nothing that must be near it
ALTER TABLE conversation ADD COLUMN unsure BIGINT NOT NULL DEFAULT 0;     -- 1: no card, and in no list but its own
ALTER TABLE conversation ADD COLUMN unsure_list_id BIGINT NOT NULL DEFAULT 0; -- the list that asked; 0: not asked yet
CREATE INDEX conversation_to_ask ON conversation (workspace_id, channel, opened_at)
  WHERE unsure = 1 AND unsure_list_id = 0;
CREATE INDEX conversation_by_unsure_list ON conversation (unsure_list_id);

-- One message that asks "us or not us?": the first of a day, and those that somebody had shown after it.
CREATE TABLE unsure_list (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  channel TEXT NOT NULL,
  day TEXT NOT NULL,
  page BIGINT NOT NULL,
  asked_by TEXT NOT NULL,                    -- who had it shown; empty: the hour of the day
  created_at TEXT NOT NULL,                  -- it asks about what came before
  UNIQUE (workspace_id, channel, day, page)
);

CREATE TABLE setup (
  id IDENTITY KEY,
  watch_id BIGINT NOT NULL REFERENCES watch (id),
  places TEXT NOT NULL,                      -- those that were tried
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  settled_at TEXT                            -- when places of it were kept
);
CREATE INDEX setup_unsettled ON setup (created_at) WHERE settled_at IS NULL;
