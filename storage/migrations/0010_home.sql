-- What each person looks at in their App Home, so that it can be drawn again after a form that knows nothing of it.

CREATE TABLE home (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  slack_user TEXT NOT NULL,
  page TEXT NOT NULL,                        -- tab, filters and where its list goes on, as JSON
  PRIMARY KEY (workspace_id, slack_user)
);
