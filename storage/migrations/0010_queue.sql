-- What the lists of the App Home ask: what I promised, and everything narrowed to one thing, newest first.

ALTER TABLE conversation ADD COLUMN community TEXT NOT NULL DEFAULT ''; -- of the post that opened it
UPDATE conversation SET community = COALESCE((
  SELECT post.community FROM post JOIN mention ON mention.post_id = post.id
  WHERE mention.conversation_id = conversation.id ORDER BY mention.id LIMIT 1), '');
CREATE INDEX conversation_by_owner ON conversation (workspace_id, is_open, claimed_by, due_at, id);
CREATE INDEX conversation_by_community ON conversation (workspace_id, community, opened_at, id);
CREATE INDEX conversation_by_tag ON conversation (workspace_id, tag, opened_at, id);
CREATE INDEX conversation_by_watch ON conversation (workspace_id, watch_id, opened_at, id);
CREATE INDEX conversation_by_reply ON conversation (workspace_id, reply_state, opened_at, id);

ALTER TABLE workspace ADD COLUMN url TEXT NOT NULL DEFAULT '';           -- where Slack shows it: links to cards
ALTER TABLE workspace ADD COLUMN digest_set_by TEXT NOT NULL DEFAULT ''; -- who set day, hour, zone and channel in Slack
ALTER TABLE workspace ADD COLUMN voice TEXT NOT NULL DEFAULT '';         -- "we sound like", as the team wrote it
