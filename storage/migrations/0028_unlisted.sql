-- People whom the digest is not to name or to quote; they are counted as everybody is.

CREATE TABLE unlisted_person (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  community TEXT NOT NULL,
  author TEXT NOT NULL,
  unlisted_by TEXT NOT NULL,                     -- empty: an import
  unlisted_at TEXT NOT NULL,
  UNIQUE (workspace_id, community, author)
);
