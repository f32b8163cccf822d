-- From when on a reply in a community's threads is unwelcome, though they are open.

ALTER TABLE voice_community ADD COLUMN late_days BIGINT; -- NULL: whenever it comes
