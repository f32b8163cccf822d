-- Times are fixed-width UTC text (see storage/stamps.py), durations whole seconds, lists JSON text.
-- "IDENTITY KEY" is replaced by each database's own words for a generated primary key (see storage/database.py).

CREATE TABLE workspace (
  id TEXT PRIMARY KEY,                       -- the Slack team id
  name TEXT NOT NULL,
  bot_user TEXT NOT NULL,
  digest_channel TEXT NOT NULL DEFAULT '',   -- empty: the channel of the first watch
  digest_weekday BIGINT NOT NULL DEFAULT 0,  -- 0 = Monday
  digest_hour BIGINT NOT NULL DEFAULT 9,
  zone TEXT NOT NULL DEFAULT 'UTC',
  created_at TEXT NOT NULL
);

CREATE TABLE watch (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  channel TEXT NOT NULL,
  name TEXT NOT NULL,
  names TEXT NOT NULL,
  excluded TEXT NOT NULL,
  handles TEXT NOT NULL,
  site TEXT NOT NULL,
  outcome TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (workspace_id, name)
);

-- Sources and posts are shared: what is public is fetched and stored once.
CREATE TABLE source (
  id IDENTITY KEY,
  owner TEXT NOT NULL DEFAULT '',            -- a workspace id where its credential fetches; empty: shared
  url TEXT NOT NULL,
  name TEXT NOT NULL,
  community TEXT NOT NULL,
  interval_seconds BIGINT NOT NULL,
  next_poll_at TEXT NOT NULL,
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  failures BIGINT NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '',
  failing_since TEXT,
  last_heard_at TEXT,
  first_polled_at TEXT,
  UNIQUE (owner, url)
);
CREATE INDEX source_due ON source (next_poll_at);

CREATE TABLE watch_source (
  watch_id BIGINT NOT NULL REFERENCES watch (id),
  source_id BIGINT NOT NULL REFERENCES source (id),
  added_at TEXT NOT NULL,
  primed_at TEXT,                            -- when the posts from before the watch were looked through
  PRIMARY KEY (watch_id, source_id)
);
CREATE INDEX watch_source_by_source ON watch_source (source_id);

CREATE TABLE post (
  id IDENTITY KEY,
  community TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  thread_key TEXT NOT NULL,
  parent_key TEXT NOT NULL,
  published_at TEXT,
  seen_at TEXT NOT NULL,
  edited_at TEXT
);
CREATE INDEX post_by_person ON post (community, author);
CREATE INDEX post_by_seen ON post (seen_at);

-- All identities of a post; any of them finds it again.
CREATE TABLE post_key (
  key TEXT PRIMARY KEY,
  post_id BIGINT NOT NULL REFERENCES post (id)
);

CREATE TABLE source_post (
  source_id BIGINT NOT NULL REFERENCES source (id),
  post_id BIGINT NOT NULL REFERENCES post (id),
  seen_at TEXT NOT NULL,
  said TEXT NOT NULL,                        -- a hash of title and text as this source carried them last
  PRIMARY KEY (source_id, post_id)
);
CREATE INDEX source_post_by_post ON source_post (post_id);

CREATE TABLE brake (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  channel TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  released_at TEXT,
  released_by TEXT NOT NULL DEFAULT '',
  version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX brake_that_holds ON brake (workspace_id, channel) WHERE released_at IS NULL;

CREATE TABLE conversation (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  watch_id BIGINT NOT NULL REFERENCES watch (id),
  channel TEXT NOT NULL,
  thread_key TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  asked_at TEXT NOT NULL,                    -- when what waits for us was written: the opening post, or a later one
  asking_mention_id BIGINT NOT NULL DEFAULT 0, -- the later mention that waits for us; 0: the opening one
  brake_id BIGINT REFERENCES brake (id),     -- set while, or because, the card was held back
  tag TEXT,
  tagged_by TEXT NOT NULL DEFAULT '',
  tagged_at TEXT,
  dismissed_by TEXT NOT NULL DEFAULT '',
  dismissed_at TEXT,
  reply_state TEXT NOT NULL DEFAULT 'none',
  due_at TEXT,
  claimed_by TEXT NOT NULL DEFAULT '',
  claimed_at TEXT,
  answered_by TEXT NOT NULL DEFAULT '',
  answered_at TEXT,
  answer_url TEXT NOT NULL DEFAULT '',
  is_open BIGINT NOT NULL DEFAULT 1,         -- derived: 0 once nothing is left to decide or to answer
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (workspace_id, thread_key)
);
CREATE INDEX conversation_open ON conversation (workspace_id, is_open, channel);
CREATE INDEX conversation_by_asked ON conversation (workspace_id, is_open, asked_at, id);
CREATE INDEX conversation_by_opened ON conversation (workspace_id, opened_at);
CREATE INDEX conversation_by_brake ON conversation (brake_id);

CREATE TABLE mention (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  watch_id BIGINT NOT NULL REFERENCES watch (id),
  post_id BIGINT NOT NULL REFERENCES post (id),
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  term TEXT NOT NULL,
  kind TEXT NOT NULL,
  mood TEXT NOT NULL,
  mood_words TEXT NOT NULL,
  pillar TEXT NOT NULL,
  suggested TEXT NOT NULL,
  reason TEXT NOT NULL,
  rules_version BIGINT NOT NULL,
  waits_for_us BIGINT NOT NULL,              -- 1: a user's question, help, bug, complaint or wish
  before_start BIGINT NOT NULL,
  noticed_at TEXT NOT NULL,
  UNIQUE (workspace_id, post_id)
);
CREATE INDEX mention_by_conversation ON mention (conversation_id, id);
CREATE INDEX mention_by_noticed ON mention (workspace_id, noticed_at);
CREATE INDEX mention_by_post ON mention (post_id);

-- The outbox: everything we post to Slack, once per (workspace, channel, parent, kind, subject, part).
CREATE TABLE message (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  channel TEXT NOT NULL,
  parent_id BIGINT NOT NULL DEFAULT 0,       -- the message whose thread this goes into; 0: none
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  part BIGINT NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  ts TEXT NOT NULL DEFAULT '',
  stale BIGINT NOT NULL DEFAULT 0,           -- 1: sent, and to be redrawn from the rows; 2: that is being done
  attempts BIGINT NOT NULL DEFAULT 0,
  not_before TEXT NOT NULL,
  error TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  tried_at TEXT,                             -- when the last call was made
  sent_at TEXT,
  UNIQUE (workspace_id, channel, parent_id, kind, subject, part)
);
CREATE INDEX message_to_do ON message (state, not_before);
CREATE INDEX message_to_redraw ON message (stale, state, not_before);
CREATE INDEX message_by_subject ON message (kind, subject);
CREATE INDEX message_by_ts ON message (workspace_id, channel, ts);
CREATE INDEX message_by_channel ON message (workspace_id, channel, state, sent_at);

CREATE TABLE digest (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  period TEXT NOT NULL,
  report TEXT NOT NULL,                      -- the figures as they were told
  created_at TEXT NOT NULL,
  UNIQUE (workspace_id, period)
);

CREATE TABLE digest_row (
  digest_id BIGINT NOT NULL REFERENCES digest (id),
  position BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  PRIMARY KEY (digest_id, position)
);
CREATE INDEX digest_row_by_conversation ON digest_row (conversation_id);

-- Append-only: who changed what, when, from what to what.
CREATE TABLE history (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL,
  object TEXT NOT NULL,                      -- conversation, watch, brake, ...
  object_id BIGINT NOT NULL,
  act TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  before_facts TEXT NOT NULL,
  after_facts TEXT NOT NULL
);
CREATE INDEX history_by_object ON history (object, object_id, id);
CREATE INDEX history_by_time ON history (workspace_id, at);
