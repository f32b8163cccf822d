-- Until when a reply is promised, who is told when it is not given, and how we learn people's names.

ALTER TABLE watch ADD COLUMN target_minutes BIGINT;                        -- of work; NULL: by the outcome
ALTER TABLE teammate ADD COLUMN zone TEXT NOT NULL DEFAULT '';             -- as Slack says; empty: the team's
ALTER TABLE teammate ADD COLUMN works_from BIGINT NOT NULL DEFAULT 540;    -- minutes after midnight
ALTER TABLE teammate ADD COLUMN works_until BIGINT NOT NULL DEFAULT 1020;
ALTER TABLE teammate ADD COLUMN works_on TEXT NOT NULL DEFAULT '01234';    -- 0 = Monday
ALTER TABLE teammate ADD COLUMN asked_slack_at TEXT;                       -- when Slack last said who this is
ALTER TABLE teammate ADD COLUMN away_until TEXT;
ALTER TABLE teammate ADD COLUMN cover TEXT NOT NULL DEFAULT '';            -- who has their promises meanwhile

-- When three quarters of the time for a reply have passed.
ALTER TABLE conversation ADD COLUMN warn_at TEXT;
UPDATE conversation SET warn_at = due_at WHERE reply_state IN ('owed', 'claimed');
CREATE INDEX conversation_by_warning ON conversation (workspace_id, is_open, warn_at);

-- What somebody, or a channel, was told of at once: their promises once a day, what nobody has once an hour.
CREATE TABLE reminder (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  recipient TEXT NOT NULL,                   -- a person, or a channel
  kind TEXT NOT NULL,
  period TEXT NOT NULL,                      -- the day, or the hour, for which there is one
  about TEXT NOT NULL DEFAULT '',            -- whose promises they were
  created_at TEXT NOT NULL,
  UNIQUE (workspace_id, recipient, kind, period)
);
CREATE TABLE reminder_row (
  reminder_id BIGINT NOT NULL REFERENCES reminder (id),
  position BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  PRIMARY KEY (reminder_id, position)
);
CREATE INDEX reminder_row_by_conversation ON reminder_row (conversation_id);

-- What we asked somebody about their names, once each: what it is in a community (no name), or whether this is them.
CREATE TABLE name_question (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  slack_user TEXT NOT NULL,
  community TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  asked_at TEXT NOT NULL,
  answered_at TEXT,
  UNIQUE (workspace_id, slack_user, community, name)
);
