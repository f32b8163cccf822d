-- Who of us answers in which community, under which name; and where that name's posts are heard.

CREATE TABLE teammate (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  slack_user TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (workspace_id, slack_user)
);

CREATE TABLE teammate_handle (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  community TEXT NOT NULL,
  handle TEXT NOT NULL,
  teammate_id BIGINT NOT NULL REFERENCES teammate (id),
  source_id BIGINT REFERENCES source (id),   -- the author feed; NULL where a community has none
  PRIMARY KEY (workspace_id, community, handle)
);
CREATE INDEX teammate_handle_by_teammate ON teammate_handle (teammate_id);
CREATE INDEX teammate_handle_by_source ON teammate_handle (source_id);
