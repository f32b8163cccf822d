-- Which entries the last stored body had (feeds/parsing/marks.py), so that they are not read again while they stay the
-- same.

ALTER TABLE source ADD COLUMN marks TEXT NOT NULL DEFAULT '';
