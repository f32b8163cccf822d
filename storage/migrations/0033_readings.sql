-- Readings by older rules are found newest first, without looking at those of today.

CREATE INDEX mention_by_rules ON mention (rules_version, id);
