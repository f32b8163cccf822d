-- What each poll asks: who is new to a place, whether any watch changed, and all keys of a post.

CREATE INDEX watch_source_unprimed ON watch_source (source_id, watch_id) WHERE primed_at IS NULL;
CREATE INDEX watch_by_version ON watch (version);
CREATE INDEX post_key_by_post ON post_key (post_id);
