-- The words of every post that is a mention, as they are sought (storage/records/words.py).

CREATE TABLE post_words (post_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX post_words_by_word ON post_words USING gin (words);

-- What is not indexed yet: the bot works it off, a few posts at a time.
CREATE TABLE post_without_words (post_id BIGINT PRIMARY KEY);
INSERT INTO post_without_words (post_id) SELECT DISTINCT post_id FROM mention;
