-- What stands in a thread, whether or not it names us: who writes again, whose answer solved it, what a program wrote.

ALTER TABLE post ADD COLUMN accepted BIGINT NOT NULL DEFAULT 0;   -- 1: its community marks it as the solution
ALTER TABLE post ADD COLUMN by_program BIGINT NOT NULL DEFAULT 0; -- 1: its community says that a program wrote it

-- What opens a thread is found by its key: most posts open one and are answered by nobody, and stay out of this.
CREATE INDEX post_by_thread ON post (thread_key) WHERE parent_key <> '';

-- What a look at a thread listed. Other feeds may know less of a post, and have it in a thread of another key.
CREATE TABLE thread_post (
  thread_key TEXT NOT NULL,
  post_id BIGINT NOT NULL REFERENCES post (id),
  PRIMARY KEY (thread_key, post_id)
);
