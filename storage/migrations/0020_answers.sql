-- What the team wrote at the source, by the thread it stands in; and whether we saw an answer there ourselves.

CREATE TABLE team_post (
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  post_id BIGINT NOT NULL REFERENCES post (id),
  slack_user TEXT NOT NULL,
  thread_key TEXT NOT NULL,
  PRIMARY KEY (workspace_id, post_id)
);
CREATE INDEX team_post_by_thread ON team_post (workspace_id, thread_key);

ALTER TABLE conversation ADD COLUMN answer_seen BIGINT NOT NULL DEFAULT 0;
