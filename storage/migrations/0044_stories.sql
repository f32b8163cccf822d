-- The same story in several conversations: later ones stand in the thread of the first card.

ALTER TABLE conversation ADD COLUMN alike_to BIGINT NOT NULL DEFAULT 0;    -- what it is, or may be, the same story as
ALTER TABLE conversation ADD COLUMN told_in BIGINT NOT NULL DEFAULT 0;     -- in whose thread it stands; 0: it has a card
ALTER TABLE conversation ADD COLUMN apart_from BIGINT NOT NULL DEFAULT 0;  -- what somebody said it is not the same as
ALTER TABLE conversation ADD COLUMN placed_by TEXT NOT NULL DEFAULT '';    -- who said so last; empty: the bot
CREATE INDEX conversation_by_story ON conversation (told_in) WHERE told_in > 0;
CREATE INDEX conversation_by_alike ON conversation (alike_to) WHERE alike_to > 0;

-- The conversation on whose card the team decides about it; NULL: its own.
ALTER TABLE mention ADD COLUMN card_id BIGINT;

-- By what the tellings of a story find each other, for as long as they may be put together: hashes, no words.
CREATE TABLE story_mark (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  mark TEXT NOT NULL,
  conversation_id BIGINT NOT NULL REFERENCES conversation (id),
  opened_at TEXT NOT NULL,
  PRIMARY KEY (workspace_id, mark, conversation_id)
);
CREATE INDEX story_mark_by_conversation ON story_mark (conversation_id);
CREATE INDEX story_mark_by_time ON story_mark (opened_at);
