-- Of two people who set the digest at once, the second is told.

ALTER TABLE workspace ADD COLUMN digest_version BIGINT NOT NULL DEFAULT 1; -- grows when somebody sets it
