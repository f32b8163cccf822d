-- Calm: when the cards of a watch go out, what waits for a roll-up, what is urgent and where that is said, quiet hours.

ALTER TABLE watch ADD COLUMN delivery TEXT NOT NULL DEFAULT 'now';         -- now, hourly, daily
ALTER TABLE workspace ADD COLUMN urgent_channel TEXT NOT NULL DEFAULT '';  -- of alerts; empty: the watch's channel
ALTER TABLE workspace ADD COLUMN urgent_score BIGINT NOT NULL DEFAULT 100; -- a post that so many people like is urgent
ALTER TABLE workspace ADD COLUMN quiet_from BIGINT;                        -- an hour of its clock; NULL: no quiet hours
ALTER TABLE workspace ADD COLUMN quiet_to BIGINT;
ALTER TABLE workspace ADD COLUMN calm_version BIGINT NOT NULL DEFAULT 1;   -- grows when somebody changes one of these

-- One message that tells a channel what was new in a period.
CREATE TABLE rollup (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  channel TEXT NOT NULL,
  delivery TEXT NOT NULL,                    -- hourly, daily
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,                     -- the hour at which it was due
  shown_by TEXT NOT NULL DEFAULT '',         -- who had all its cards shown
  shown_at TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (workspace_id, channel, delivery, ends_at)
);

-- A conversation whose card waits for a roll-up, or that one tells of.
CREATE TABLE rollup_card (
  conversation_id BIGINT PRIMARY KEY REFERENCES conversation (id),
  rollup_id BIGINT NOT NULL DEFAULT 0,       -- 0: none has told of it yet
  posted_at TEXT                             -- when somebody had its card shown
);
CREATE INDEX rollup_card_by_rollup ON rollup_card (rollup_id, conversation_id);

-- Something is happening: far more is written than usual, or many people like one post.
CREATE TABLE alert (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  watch_id BIGINT NOT NULL REFERENCES watch (id),
  post_id BIGINT NOT NULL DEFAULT 0,         -- the post that many people like; 0: a surge
  began_at TEXT NOT NULL,                    -- of a surge: the hour that gave it away began then
  usual DOUBLE PRECISION NOT NULL DEFAULT 0, -- mentions in a usual hour
  ended_at TEXT,                             -- NULL: it goes on
  told_at TEXT                               -- NULL: quiet hours hold it back
);
CREATE UNIQUE INDEX alert_of_surge ON alert (watch_id) WHERE post_id = 0 AND ended_at IS NULL;
CREATE UNIQUE INDEX alert_of_post ON alert (workspace_id, post_id) WHERE post_id > 0;
CREATE INDEX alert_untold ON alert (id) WHERE told_at IS NULL;
CREATE INDEX alert_that_goes_on ON alert (id) WHERE ended_at IS NULL;
CREATE INDEX mention_by_watch ON mention (watch_id, noticed_at, before_start);
