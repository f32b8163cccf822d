-- How much of a watch was put aside lately because of what was learned, and waits for an answer.

CREATE INDEX conversation_in_doubt ON conversation (watch_id, opened_at) WHERE unsure = 1;
