-- What people keep coming back to: the team's own words for it, and which mentions speak of it.

CREATE TABLE theme (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  folded TEXT NOT NULL,                      -- the name without capitals, by which it is found
  phrases TEXT NOT NULL,                     -- a list
  improvement_id BIGINT NOT NULL DEFAULT 0,  -- what was decided about it; 0: nothing yet
  ended_at TEXT NOT NULL DEFAULT '',         -- empty while it is looked for
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (workspace_id, folded)
);

CREATE TABLE mention_theme (
  theme_id BIGINT NOT NULL REFERENCES theme (id),
  mention_id BIGINT NOT NULL REFERENCES mention (id),
  noticed_at TEXT NOT NULL,                  -- of the mention, by which themes are counted
  PRIMARY KEY (theme_id, mention_id)
);
CREATE INDEX mention_theme_by_noticed ON mention_theme (theme_id, noticed_at);
CREATE INDEX mention_theme_by_mention ON mention_theme (mention_id);

-- In which nobody has looked for themes yet, or not for those of today: the bot works it off, a few at a time.
CREATE TABLE mention_without_themes (mention_id BIGINT PRIMARY KEY);
