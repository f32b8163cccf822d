-- What matters most among what waits: a moment that a list by priority is ordered by (engagement/priority.py).

ALTER TABLE mention ADD COLUMN alarms BIGINT NOT NULL DEFAULT 0;  -- speaks of an outage or a security hole

ALTER TABLE conversation ADD COLUMN pressing_since TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN weighed BIGINT NOT NULL DEFAULT 0;  -- 0: its weight is to be asked for anew
UPDATE conversation SET pressing_since = asked_at;

-- What is left to decide or to answer, the most pressing first, with all that says whom it waits for.
CREATE INDEX conversation_by_pressing ON conversation (workspace_id, is_open, pressing_since, id, tag, reply_state,
  claimed_by, dismissed_by, snoozed_until, back_at) WHERE is_open = 1;
CREATE INDEX conversation_to_weigh ON conversation (weighed, id) WHERE is_open = 1 AND weighed = 0;
