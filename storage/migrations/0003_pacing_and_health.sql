-- When each source and each public host may be asked again, and what is wrong with how we hear a place.

ALTER TABLE source ADD COLUMN host TEXT NOT NULL DEFAULT '';         -- what it is paced by; empty: unknown, or private
ALTER TABLE source ADD COLUMN body_hash TEXT NOT NULL DEFAULT '';    -- of the last stored body and how it was read
ALTER TABLE source ADD COLUMN ttl_seconds BIGINT NOT NULL DEFAULT 0; -- the pause that body asked for
ALTER TABLE source ADD COLUMN cause TEXT NOT NULL DEFAULT '';        -- why the latest poll failed; empty: it did not
ALTER TABLE source ADD COLUMN well_since TEXT;                       -- heard since then; NULL while failing
ALTER TABLE source ADD COLUMN tried_at TEXT;
ALTER TABLE source ADD COLUMN paused_at TEXT;                        -- asked no more until somebody wakes it
ALTER TABLE source ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';     -- where it says it has moved for good
ALTER TABLE source ADD COLUMN moved_since TEXT;
ALTER TABLE source ADD COLUMN newest_at TEXT;                        -- when its newest post was written
ALTER TABLE source ADD COLUMN usual_gap_seconds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN gaps_seen BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN most_carried BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN full_polls BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN full_at TEXT;
ALTER TABLE source ADD COLUMN churned_polls BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN churned_at TEXT;
ALTER TABLE source ADD COLUMN troubles TEXT NOT NULL DEFAULT '';     -- the kinds of its open troubles, by commas
CREATE INDEX source_by_heard ON source (last_heard_at);
CREATE INDEX source_by_tried ON source (tried_at);

-- One public host: how often it lets itself be asked, by all its sources together.
CREATE TABLE host (
  host TEXT PRIMARY KEY,
  next_at TEXT NOT NULL,                     -- no request before this moment
  gap_seconds BIGINT NOT NULL,               -- between two requests
  refusals BIGINT NOT NULL DEFAULT 0,        -- answers in a row that asked us to slow down
  refused_since TEXT
);

CREATE TABLE trouble (
  id IDENTITY KEY,
  source_id BIGINT NOT NULL,                 -- 0: all places at once
  kind TEXT NOT NULL,
  began_at TEXT NOT NULL,
  ended_at TEXT,
  detail TEXT NOT NULL                       -- what we knew when it began, in words for people
);
CREATE UNIQUE INDEX trouble_open ON trouble (source_id, kind) WHERE ended_at IS NULL;

-- What a channel is told of a trouble: part 0 that it began, part 1 that it is over.
CREATE TABLE trouble_notice (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  channel TEXT NOT NULL,
  trouble_id BIGINT NOT NULL REFERENCES trouble (id),
  part BIGINT NOT NULL,
  at TEXT NOT NULL,
  told_at TEXT,
  message_id BIGINT NOT NULL DEFAULT 0,      -- the message it goes out with; 0: none yet
  PRIMARY KEY (workspace_id, channel, trouble_id, part)
);
CREATE INDEX trouble_notice_by_message ON trouble_notice (message_id);
CREATE INDEX trouble_notice_by_trouble ON trouble_notice (trouble_id);
