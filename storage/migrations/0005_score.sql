-- How many people liked a post when it arrived, where its community says so.

ALTER TABLE post ADD COLUMN score BIGINT;
