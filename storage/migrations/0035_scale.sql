-- What a million mentions of three years are asked, read from an index alone.

-- What is left to decide or to answer, the longest waiting first, with all that says whom it waits for.
DROP INDEX conversation_by_asked;
CREATE INDEX conversation_by_asked ON conversation (workspace_id, is_open, asked_at, id, tag, reply_state,
  claimed_by, dismissed_by, snoozed_until, back_at) WHERE is_open = 1;

-- What stands in a channel, and what is held there: a brake may hold a hundred thousand.
DROP INDEX conversation_open;
CREATE INDEX conversation_open ON conversation (workspace_id, channel, brake_id) WHERE is_open = 1;

-- Whether anything in a conversation asks us.
DROP INDEX mention_by_conversation;
CREATE INDEX mention_by_conversation ON mention (conversation_id, id, waits_for_us);

-- What a person wrote last, before something else they wrote.
DROP INDEX post_by_person;
CREATE INDEX post_by_person ON post (community, author, (COALESCE(published_at, seen_at)));
