-- The words of every post that is a mention, as they are sought (storage/records/words.py); the rowid is the post's number.

-- With an index of beginnings: `re*` would else go through every word that begins so.
CREATE VIRTUAL TABLE post_words
  USING fts5 (words, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4', columnsize = 0);

-- What is not indexed yet: the bot works it off, a few posts at a time.
CREATE TABLE post_without_words (post_id BIGINT PRIMARY KEY);
INSERT INTO post_without_words (post_id) SELECT DISTINCT post_id FROM mention;
