-- Copies of one story vote once on whether it is us, and are answered for together.

ALTER TABLE conversation ADD COLUMN story_id BIGINT NOT NULL DEFAULT 0;    -- the first telling that it repeats; 0: none
CREATE INDEX conversation_by_first_telling ON conversation (story_id) WHERE story_id > 0;

-- What nobody is sure of is found by copies of itself, and takes none into a thread.
ALTER TABLE story_mark ADD COLUMN doubted BIGINT NOT NULL DEFAULT 0;

-- The story that a vote is for: the number of its first telling.
ALTER TABLE us_verdict ADD COLUMN story_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE beside_vote ADD COLUMN story_id BIGINT NOT NULL DEFAULT 0;
UPDATE us_verdict SET story_id = (SELECT mention.conversation_id FROM mention WHERE mention.id = us_verdict.mention_id);
UPDATE beside_vote SET story_id = (SELECT mention.conversation_id FROM mention WHERE mention.id = beside_vote.mention_id);
