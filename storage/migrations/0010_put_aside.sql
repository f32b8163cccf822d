-- What somebody put aside, found by its workspace and in the order in which it comes back.

CREATE INDEX conversation_put_aside ON conversation (workspace_id, snoozed_until, id)
  WHERE snoozed_until IS NOT NULL AND back_at IS NULL;
