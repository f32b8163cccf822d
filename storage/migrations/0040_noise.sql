-- Noise lists: words and sites are muted too, for all watches or for one; and a mention says which mute left it out.

ALTER TABLE mute ADD COLUMN watch_id BIGINT NOT NULL DEFAULT 0;    -- of this watch alone; 0: of all
ALTER TABLE mute ADD COLUMN value TEXT NOT NULL DEFAULT '';        -- a word, or a site; the scope is term or site then
DROP INDEX mute_in_force;
CREATE UNIQUE INDEX mute_in_force ON mute (workspace_id, watch_id, scope, community, author, thread_key, value)
  WHERE ended_at IS NULL;

ALTER TABLE mention ADD COLUMN mute_id BIGINT NOT NULL DEFAULT 0;  -- which mute left it out when it came; 0: none did
CREATE INDEX mention_left_out ON mention (workspace_id, noticed_at, id) WHERE mute_id > 0;
