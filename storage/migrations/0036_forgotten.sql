-- People who asked to be forgotten: a number stands for each, and the keys of what they wrote are known by hash.

CREATE TABLE forgotten_person (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  community TEXT NOT NULL,
  posts BIGINT NOT NULL,
  forgotten_by TEXT NOT NULL,                -- empty: the command line
  forgotten_at TEXT NOT NULL
);

ALTER TABLE post ADD COLUMN forgotten_id BIGINT NOT NULL DEFAULT 0; -- whoever wrote it; 0: nobody asked

-- What finds a post of theirs again; and what stands elsewhere for a key, or for a thread, that would tell the name.
CREATE TABLE forgotten_key (
  hash TEXT PRIMARY KEY,
  post_id BIGINT NOT NULL,                   -- 0: a thread alone
  stands_for BIGINT NOT NULL                 -- 1: the hash stands for it in all other rows
);
