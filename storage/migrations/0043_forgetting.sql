-- Who is being forgotten now: the name is known until the last row is clean, so that a restart goes on where it was.

CREATE TABLE forgetting (
  id BIGINT PRIMARY KEY REFERENCES forgotten_person (id),
  author TEXT NOT NULL,
  step TEXT NOT NULL,
  reached BIGINT NOT NULL                    -- the last number that this step has seen
);

-- The addresses of what they wrote, which our own words are still searched for.
CREATE TABLE forgetting_address (
  url TEXT PRIMARY KEY,
  forgetting_id BIGINT NOT NULL REFERENCES forgetting (id)
);
