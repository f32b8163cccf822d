-- The team's own words for people and places.

CREATE TABLE label (
  id IDENTITY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  folded TEXT NOT NULL,                      -- the name without capitals, by which it is found
  UNIQUE (workspace_id, folded)
);

-- People are those of one community, and never merged across communities.
CREATE TABLE person_label (
  label_id BIGINT NOT NULL REFERENCES label (id),
  community TEXT NOT NULL,
  author TEXT NOT NULL,
  PRIMARY KEY (label_id, community, author)
);
CREATE INDEX person_label_by_person ON person_label (community, author);

CREATE TABLE source_label (
  label_id BIGINT NOT NULL REFERENCES label (id),
  source_id BIGINT NOT NULL REFERENCES source (id),
  PRIMARY KEY (label_id, source_id)
);
CREATE INDEX source_label_by_source ON source_label (source_id);
