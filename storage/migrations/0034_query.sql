-- What a post must say to be about a watch, as people type it; empty: the names and the words of the plain fields.

ALTER TABLE watch ADD COLUMN query TEXT NOT NULL DEFAULT '';
