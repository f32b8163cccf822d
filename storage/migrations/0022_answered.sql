-- The answers of a week, which the thread of the digest lists.

CREATE INDEX conversation_by_answered ON conversation (workspace_id, answered_at) WHERE answered_at IS NOT NULL;
