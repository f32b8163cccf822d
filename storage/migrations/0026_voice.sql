-- How a team wants to sound, who may speak for it, what was drafted, and what was said.

CREATE TABLE voice_guide (
  workspace_id TEXT PRIMARY KEY REFERENCES workspace (id),
  sounds_like TEXT NOT NULL,
  banned TEXT NOT NULL,                      -- words and phrases, as JSON
  disclosure TEXT NOT NULL,                  -- never, with our link, always
  disclosing TEXT NOT NULL,                  -- what says who we are, beside what everybody says, as JSON
  longest BIGINT,                            -- characters; NULL: no limit
  links BIGINT,                              -- NULL: no limit
  hard TEXT NOT NULL,                        -- the rules that cannot be passed over, as JSON
  version BIGINT NOT NULL
);
INSERT INTO voice_guide (workspace_id, sounds_like, banned, disclosure, disclosing, hard, version)
  SELECT id, voice, '[]', 'never', '[]', '[]', 1 FROM workspace WHERE voice <> '';
ALTER TABLE workspace DROP COLUMN voice;

CREATE TABLE voice_community (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  folded TEXT NOT NULL,                      -- its name without capitals
  community TEXT NOT NULL,
  longest BIGINT,                            -- NULL: as the guide says
  links BIGINT,                              -- as above
  promotion TEXT NOT NULL,                   -- free, when asked, never
  wording TEXT NOT NULL,                     -- its own rule on self-promotion
  approval BIGINT NOT NULL,                  -- 1: a second person reads a draft before it is posted there
  version BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, folded)
);

-- Who may do what: Slack user ids as JSON; empty: everybody.
CREATE TABLE voice_roles (
  workspace_id TEXT PRIMARY KEY REFERENCES workspace (id),
  speak TEXT NOT NULL,
  approve TEXT NOT NULL,
  configure TEXT NOT NULL,
  approved TEXT NOT NULL,                    -- the watches that ask for approval, as JSON
  version BIGINT NOT NULL
);

CREATE TABLE draft (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  text TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at TEXT NOT NULL,
  state TEXT NOT NULL,
  passed TEXT NOT NULL,                      -- the warnings its author passed over, as JSON
  judged_by TEXT NOT NULL DEFAULT '',
  judged_at TEXT,
  note TEXT NOT NULL DEFAULT '',
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX draft_by_conversation ON draft (conversation_id, id);
-- One at a time for each author in each conversation.
CREATE UNIQUE INDEX draft_open ON draft (conversation_id, written_by)
  WHERE state IN ('ready', 'asked', 'approved', 'sent back');

-- Append-only: an answer of ours as it was found or told. One that is found after it was told is a line of its own.
CREATE TABLE said_in_public (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  answered_at TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  written_by TEXT NOT NULL,
  approved_by TEXT NOT NULL DEFAULT '',      -- empty: nobody had to
  draft_id BIGINT NOT NULL DEFAULT 0,        -- the draft it came of; 0: none
  url TEXT NOT NULL,
  text TEXT NOT NULL,                        -- as it stands there, else as it was drafted
  seen BIGINT NOT NULL                       -- 1: read at the source
);
CREATE INDEX said_by_conversation ON said_in_public (conversation_id, id);
CREATE INDEX said_by_time ON said_in_public (workspace_id, answered_at);
INSERT INTO said_in_public (workspace_id, conversation_id, answered_at, answered_by, written_by, url, text, seen)
  SELECT conversation.workspace_id, conversation.id, conversation.answered_at, conversation.answered_by,
    conversation.answered_by, conversation.answer_url, COALESCE((
      SELECT MIN(post.text) FROM team_post JOIN post ON post.id = team_post.post_id
      WHERE team_post.workspace_id = conversation.workspace_id AND team_post.thread_key = conversation.thread_key
        AND post.url = conversation.answer_url), ''), conversation.answer_seen
  FROM conversation WHERE conversation.reply_state = 'answered' AND conversation.answered_at IS NOT NULL
  ORDER BY conversation.answered_at, conversation.id;
